namespace BlockGen.Interop.Tests;

/// <summary>
/// Backing chains of one to five layers, of mixed formats and unlike lengths, read alike by both sides.
/// </summary>
public sealed class ChainTests
{
    private const int ClusterBytes = 65536;

    [Theory]
    [InlineData("qed")]
    [InlineData("raw qed")]
    [InlineData("vdi qed")]
    [InlineData("qed qed")]
    [InlineData("raw qed qed")]
    [InlineData("vdi qed qed qed")]
    [InlineData("parallels qed")]
    [InlineData("parallels qed qed")]
    [InlineData("raw qed qed qed qed")]
    [InlineData("qed qed qed qed qed")]
    public async Task A_chain_reads_alike(string formats)
    {
        string[] layers = formats.Split(' ');
        foreach (bool madeByQemu in (bool[])[false, true])
        {
            using TempFolder folder = new();
            ChainBuilder chain = new(folder, new Random(layers.Length * 10 + (madeByQemu ? 1 : 0)), madeByQemu);
            foreach (string format in layers)
            {
                await chain.AddLayerAsync(format);
            }

            await Disks.ExpectContentAsync(layers[^1], chain.Top, chain.Expected);
            await Qemu.ExpectContentAsync(layers[^1], chain.Top, chain.Expected);
            await ExpectSameLayersAsync(chain.Top, layers);
        }
    }

    [Fact]
    public async Task A_zero_cluster_written_in_part_keeps_its_zeroes()
    {
        using TempFolder folder = new();
        string backing = folder.File("backing");
        await File.WriteAllBytesAsync(backing, Disks.RandomBytes(4 * ClusterBytes, 1));
        string file = folder.File("overlay");
        await Disks.CreateAsync("qed", file, $"size={4 * ClusterBytes}", new BackingLink("backing", "raw"));
        byte[] expected = await File.ReadAllBytesAsync(backing);
        await using (Image image = await Disks.OpenAsync("qed", file))
        {
            await image.WriteZeroesAsync(
                new GuestRange(ClusterBytes, 2 * ClusterBytes), ZeroMode.MayUnmap, CancellationToken.None);
            await image.FlushAsync(CancellationToken.None);
            await image.WriteAsync(
                new GuestOffset(ClusterBytes + 1000), new byte[] { 1, 2, 3 }, CancellationToken.None);
        }

        expected.AsSpan(ClusterBytes, 2 * ClusterBytes).Clear();
        expected[ClusterBytes + 1000] = 1;
        expected[ClusterBytes + 1001] = 2;
        expected[ClusterBytes + 1002] = 3;
        await Qemu.ExpectContentAsync("qed", file, expected);
        await Disks.ExpectContentAsync("qed", file, expected);
        await Qemu.CheckCleanAsync("qed", file);
    }

    private static async Task ExpectSameLayersAsync(string top, string[] layers)
    {
        await using Image image = await Disks.OpenReadOnlyAsync(null, top);
        Assert.Equal(layers.Reverse(), image.Layers.Select(layer => layer.Driver.Name));
        string info = await Qemu.ImgAsync("info", "--backing-chain", top);
        Assert.Equal(
            layers.Reverse(), info.Split('\n').Where(
                line => line.StartsWith("file format: ", StringComparison.Ordinal)).Select(line => line[13..]));
    }
}
