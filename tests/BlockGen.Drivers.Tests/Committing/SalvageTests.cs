namespace BlockGen.Drivers.Tests.Committing;

/// <summary>What a conversion makes of a source that cannot be read everywhere.</summary>
public sealed class SalvageTests
{
    private const int DiskBytes = 1 << 20;

    [Theory]
    [InlineData("raw")]
    [InlineData("qed")]
    public async Task Sectors_that_cannot_be_read_become_zeroes_and_are_told_of(string targetFormat)
    {
        byte[] expected = RandomBytes(DiskBytes, 1);
        await using Image source = await OpenBrokenAsync(expected, 200_000, 1000);
        await using Image target = await CreateTargetAsync(targetFormat);
        List<ulong> lost = [];
        ConvertOptions options = new()
        {
            TargetIsZero = true,
            Salvaged = (at, failure) =>
            {
                Assert.Contains("injected", failure.Message, StringComparison.Ordinal);
                lock (lost)
                {
                    lost.Add(at.Value);
                }
            },
        };
        await ImageConverter.ConvertAsync(source, target, options, CancellationToken.None);

        Assert.Equal(new ulong[] { 199_680, 200_192, 200_704 }, lost.Order());
        expected.AsSpan(199_680, 3 * 512).Clear();
        await target.ExpectContentAsync(expected);
    }

    [Fact]
    public async Task Without_salvaging_the_first_error_ends_it()
    {
        await using Image source = await OpenBrokenAsync(RandomBytes(DiskBytes, 1), 200_000, 1000);
        await using Image target = await CreateTargetAsync("raw");
        await Assert.ThrowsAsync<IOException>(() => ImageConverter.ConvertAsync(
            source, target, new ConvertOptions { TargetIsZero = true }, CancellationToken.None));
    }

    private static async Task<Image> OpenBrokenAsync(byte[] content, ulong start, ulong length)
    {
        FaultStorage storage = new(
            new MemoryStorage(content, "broken"),
            FaultRules.On(StorageOperation.Read, new HostRange(start, length), Fault.InputOutput));
        return await MemoryDisk.OpenAsync(storage, "raw");
    }

    private static async Task<Image> CreateTargetAsync(string format) =>
        await MemoryDisk.OpenAsync(await MemoryDisk.CreateAsync(format, $"size={DiskBytes}"), format);
}
