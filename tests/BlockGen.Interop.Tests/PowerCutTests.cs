namespace BlockGen.Interop.Tests;

/// <summary>What a power cut leaves is sound in the eyes of QEMU too.</summary>
public sealed class PowerCutTests
{
    private const int DiskBytes = 3 << 20;
    private const int StateCount = 100;
    private const int WritesEvery = 10;

    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=2")]
    [InlineData("qed", "cluster_size=65536")]
    [InlineData("vdi", "")]
    [InlineData("qcow2", "")]
    [InlineData("qcow2", "cluster_size=512,refcount_bits=64")]
    [InlineData("qcow2", "cluster_size=4096,compat=0.10")]
    [InlineData("parallels", "cluster_size=4096")]
    [InlineData("parallels", "cluster_size=65536")]
    public async Task Qemu_repairs_and_reads_whatever_is_left(string format, string options)
    {
        using TempFolder folder = new();
        string file = folder.File("cut");
        await Disks.CreateAsync(format, file, $"{options},size={DiskBytes}");
        MemoryStorage disk = new(await File.ReadAllBytesAsync(file), "cut");
        PowerCutStorage storage = await PowerCutStorage.StartAsync(disk, CancellationToken.None);
        byte[] kept = Disks.RandomBytes(300_000, 1);
        int flushedAt = await WorkAsync(storage, format, kept);
        PowerCutState[] states = [.. storage.States(mostPerCut: 100, seed: 1)];
        new Random(1).Shuffle(states);
        Assert.True(states.Length >= StateCount, $"only {states.Length} states");
        for (int i = 0; i < StateCount; i++)
        {
            PowerCutState state = states[i];
            await File.WriteAllBytesAsync(file, storage.Materialize(state).ToArray());
            await PowerCutVerdict.ExpectSoundAsync(format, file, state);
            if (state.Cut >= flushedAt)
            {
                await using Image image = await Disks.OpenAsync(format, file);
                byte[] found = new byte[kept.Length];
                await image.ReadAsync(new GuestOffset(0), found, CancellationToken.None);
                Assert.Equal(kept.Length, found.AsSpan().CommonPrefixLength(kept));
            }

            if (i % WritesEvery == 0)
            {
                await Qemu.IoAsync(format, file, ["write -P 7 2M 100k", "read -P 7 2M 100k"]);
            }
        }
    }

    /// <summary>Returns the moment from which on the first bytes must stay.</summary>
    private static async Task<int> WorkAsync(PowerCutStorage storage, string format, byte[] kept)
    {
        FormatRegistry formats = new(Drivers.DiskFormats.All);
        await using Image image = await formats.OpenAsync(storage, format, new OpenOptions(), CancellationToken.None);
        await image.WriteAsync(new GuestOffset(0), kept, CancellationToken.None);
        await image.FlushAsync(CancellationToken.None);
        int flushedAt = storage.Cuts[^1];
        for (int i = 4; i < 28; i++)
        {
            await image.WriteAsync(
                new GuestOffset((ulong)i * 100_000), Disks.RandomBytes(20_000, i), CancellationToken.None);
            if (i % 5 == 0)
            {
                await image.WriteZeroesAsync(
                    new GuestRange((ulong)i * 100_000 + 3000, 9000), ZeroMode.MayUnmap, CancellationToken.None);
                await image.DiscardAsync(new GuestRange((ulong)i * 100_000, 2000), CancellationToken.None);
                await image.FlushAsync(CancellationToken.None);
            }
        }

        if (image.Driver.CanResize)
        {
            await image.ResizeAsync(DiskBytes + (1 << 20), Preallocation.Off, CancellationToken.None);
        }

        return flushedAt;
    }
}
