namespace BlockGen.Tests.Storage;

public sealed class NullStorageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_keeps_nothing(bool isHole)
    {
        await using NullStorage storage = new(4096, isHole: isHole);
        byte[] data = [.. Enumerable.Repeat((byte)7, 512)];
        await storage.WriteAsync(new HostOffset(0), data, CancellationToken.None);
        await storage.WriteZeroesAsync(new HostRange(0, 512), ZeroMode.MayUnmap, CancellationToken.None);
        await storage.DiscardAsync(new HostRange(0, 512), CancellationToken.None);
        await storage.FlushAsync(CancellationToken.None);
        await storage.ReadAsync(new HostOffset(0), data, CancellationToken.None);
        Assert.Equal(new byte[512], data);
        StorageExtent extent = await storage.MapAsync(new HostRange(0, 4096), CancellationToken.None);
        Assert.Equal(new StorageExtent(4096, isHole), extent);
        await storage.SetLengthAsync(8192, CancellationToken.None);
        Assert.Equal(8192UL, storage.Length);
    }

    [Fact]
    public async Task It_can_be_read_only()
    {
        await using NullStorage storage = new(4096) { IsReadOnly = true };
        byte[] data = new byte[512];
        await Assert.ThrowsAnyAsync<IOException>(
            () => storage.WriteAsync(new HostOffset(0), data, CancellationToken.None).AsTask());
        await Assert.ThrowsAnyAsync<IOException>(() => storage.SetLengthAsync(0, CancellationToken.None).AsTask());
        await storage.ReadAsync(new HostOffset(0), data, CancellationToken.None);
    }
}
