namespace BlockGen.Tests.Storage;

/// <summary>Copies inside the kernel.</summary>
public sealed class FileCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0, 20_000_000)]
    [InlineData(12_345, 777, 9_000_001)]
    public async Task A_range_arrives_in_another_file(int start, int at, int length)
    {
        (FileStorage source, byte[] content) = await MakeSourceAsync();
        await using FileStorage target = FileStorage.Create(_folder.PathOf("target"));

        ulong copied = await source.CopyToAsync(
            new HostRange((ulong)start, (ulong)length), target, new HostOffset((ulong)at), default);

        Assert.Equal((ulong)length, copied);
        Assert.Equal((ulong)(at + length), target.Length);
        byte[] actual = await File.ReadAllBytesAsync(target.Name);
        Assert.True(content.AsSpan(start, length).SequenceEqual(actual.AsSpan(at)));
        await source.DisposeAsync();
    }

    [Fact]
    public async Task A_copy_ends_with_its_source()
    {
        (FileStorage source, byte[] content) = await MakeSourceAsync();
        await using FileStorage target = FileStorage.Create(_folder.PathOf("target"));
        ulong start = (ulong)content.Length - 1000;

        ulong copied = await source.CopyToAsync(new HostRange(start, 5000), target, new HostOffset(0), default);
        ulong beyond = await source.CopyToAsync(
            new HostRange(start + 1000, 5000), target, new HostOffset(0), default);

        Assert.Equal(1000UL, copied);
        Assert.Equal(0UL, beyond);
        Assert.Equal(1000UL, target.Length);
        await source.DisposeAsync();
    }

    [Fact]
    public async Task A_copy_looks_through_slices_and_stays_inside_them()
    {
        (FileStorage source, byte[] content) = await MakeSourceAsync();
        await using StorageSlice from = new(source, new HostRange(4096, 100_000), ownsWhole: true);
        await using FileStorage target = FileStorage.Create(_folder.PathOf("target"));
        await using StorageSlice to = new(target, new HostRange(8192, 50_000));

        ulong copied = await from.CopyToAsync(new HostRange(100, 50_000), to, new HostOffset(0), default);
        ulong tooMuch = await from.CopyToAsync(new HostRange(100, 50_001), to, new HostOffset(0), default);

        Assert.Equal(50_000UL, copied);
        Assert.Equal(0UL, tooMuch);
        byte[] actual = await File.ReadAllBytesAsync(target.Name);
        Assert.True(content.AsSpan(4196, 50_000).SequenceEqual(actual.AsSpan(8192)));
    }

    [Fact]
    public async Task What_is_no_file_or_simulated_is_not_copied_to()
    {
        (FileStorage source, _) = await MakeSourceAsync();
        await using FileStorage file = FileStorage.Create(_folder.PathOf("target"));
        LatencyStorage slow = new(file, new LatencyOptions());
        IStorage[] targets = [new MemoryStorage(), new FaultStorage(file), slow];

        foreach (IStorage target in targets)
        {
            Assert.Equal(
                0UL, await source.CopyToAsync(new HostRange(0, 1000), target, new HostOffset(0), default));
            Assert.Equal(0UL, target.Length);
        }

        FaultStorage simulated = new(source);
        Assert.Equal(
            0UL, await simulated.CopyToAsync(new HostRange(0, 1000), file, new HostOffset(0), default));
        await source.DisposeAsync();
    }

    [Fact]
    public async Task Copying_to_a_read_only_file_fails()
    {
        (FileStorage source, _) = await MakeSourceAsync();
        string path = _folder.PathOf("target");
        await File.WriteAllBytesAsync(path, [1]);
        await using FileStorage target = FileStorage.Open(path, new FileStorageOptions { ReadOnly = true });

        IOException error = await Assert.ThrowsAsync<IOException>(
            async () => await source.CopyToAsync(new HostRange(0, 1000), target, new HostOffset(0), default));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        await source.DisposeAsync();
    }

    private async Task<(FileStorage Source, byte[] Content)> MakeSourceAsync()
    {
        byte[] content = new byte[20_000_000];
        new Random(7).NextBytes(content);
        FileStorage source = FileStorage.Create(_folder.PathOf("source"));
        await source.WriteAsync(new HostOffset(0), content, default);
        return (source, content);
    }
}
