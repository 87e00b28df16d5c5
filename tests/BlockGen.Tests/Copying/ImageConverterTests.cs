namespace BlockGen.Tests.Copying;

public sealed class ImageConverterTests
{
    private const ulong Cluster = 4096;
    private const int DiskBytes = 8 << 20;

    [Fact]
    public async Task The_target_reads_as_the_whole_chain()
    {
        (SparseImage source, byte[] content) = Chain();
        await using SparseImage target = new(DiskBytes, Cluster);

        CopyProgress progress = await ImageConverter.ConvertAsync(
            source, target, new ConvertOptions { TargetIsZero = true }, CancellationToken.None);

        Assert.Equal(content, await Disks.ReadAllAsync(target));
        Assert.Equal((ulong)DiskBytes, progress.Offset);
        CompareResult result = await ImageComparer.CompareAsync(
            source, target, new CompareOptions(), CancellationToken.None);
        Assert.True(result.IsEqual);
        await source.DisposeAsync();
    }

    [Fact]
    public async Task Zeroes_are_left_out_of_a_target_that_is_zero()
    {
        await using SparseImage source = new(DiskBytes, Cluster);
        await using SparseImage target = new(DiskBytes, Cluster);
        source.Set(0, new byte[DiskBytes]);
        source.Set(3 * Cluster + 100, [1]);

        CopyProgress progress = await ImageConverter.ConvertAsync(
            source, target, new ConvertOptions { TargetIsZero = true }, CancellationToken.None);

        Assert.Equal(1, target.AllocatedClusters);
        Assert.Equal(Cluster, progress.CopiedBytes);
    }

    [Fact]
    public async Task Zeroes_are_written_over_what_a_target_held_before()
    {
        (SparseImage source, byte[] content) = Chain();
        await using SparseImage target = new(DiskBytes + 5 * Cluster, Cluster);
        target.Set(0, Disks.Bytes(9, DiskBytes + 5 * (int)Cluster));

        await ImageConverter.ConvertAsync(source, target, new ConvertOptions(), CancellationToken.None);

        Assert.Equal(content.Concat(new byte[5 * Cluster]), await Disks.ReadAllAsync(target));
        await source.DisposeAsync();
    }

    [Fact]
    public async Task Without_sparseness_everything_is_written()
    {
        await using SparseImage source = new(DiskBytes, Cluster);
        await using SparseImage target = new(DiskBytes, Cluster);
        source.Set(Cluster, [1]);

        await ImageConverter.ConvertAsync(
            source, target, new ConvertOptions { SparseBytes = 0, TargetIsZero = true }, CancellationToken.None);

        Assert.Equal(DiskBytes / (int)Cluster, target.AllocatedClusters);
        Assert.Equal(await Disks.ReadAllAsync(source), await Disks.ReadAllAsync(target));
    }

    [Fact]
    public async Task A_target_that_is_too_small_is_refused()
    {
        await using SparseImage source = new(DiskBytes, Cluster, name: "source");
        await using SparseImage target = new(DiskBytes - 1, Cluster, name: "target");

        ImageException refusal = await Assert.ThrowsAsync<ImageException>(
            () => ImageConverter.ConvertAsync(source, target, new ConvertOptions(), CancellationToken.None));

        Assert.Contains("target", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, target.AllocatedClusters);
    }

    [Fact]
    public async Task An_error_ends_it()
    {
        (SparseImage source, _) = Chain();
        await using SparseImage target = new(DiskBytes, Cluster);
        target.BeforeWrite = (range, _) => range.Start.Value > 0
            ? throw StorageErrors.NoSpace("target", "write")
            : ValueTask.CompletedTask;

        await Assert.ThrowsAsync<IOException>(
            () => ImageConverter.ConvertAsync(source, target, new ConvertOptions(), CancellationToken.None));
        await source.DisposeAsync();
    }

    [Fact]
    public async Task Cancelling_ends_it_although_the_source_hangs()
    {
        Hang hang = new();
        (SparseImage source, _) = Chain();
        await using SparseImage target = new(DiskBytes, Cluster);
        source.BeforeRead = hang.Deaf;
        using CancellationTokenSource cancel = new();

        Task conversion = ImageConverter.ConvertAsync(source, target, new ConvertOptions(), cancel.Token);
        await hang.Reached;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => conversion);
        hang.Release();
        await source.DisposeAsync();
    }

    private static (SparseImage Source, byte[] Content) Chain()
    {
        SparseImage backing = new(DiskBytes - 10_000, Cluster);
        SparseImage source = new(DiskBytes, Cluster);
        backing.Set(0, Disks.Bytes(1, 1 << 20));
        backing.Set(5 << 20, Disks.Bytes(2, DiskBytes - 10_000 - (5 << 20)));
        source.Set(12345, Disks.Bytes(3, 100_000));
        source.SetZero(6 << 20);
        source.AttachBacking(backing);

        byte[] content = new byte[DiskBytes];
        Disks.Bytes(1, 1 << 20).CopyTo(content, 0);
        Disks.Bytes(2, DiskBytes - 10_000 - (5 << 20)).CopyTo(content, 5 << 20);
        int start = 12345 - 12345 % (int)Cluster;
        int end = (12345 + 100_000 + (int)Cluster - 1) / (int)Cluster * (int)Cluster;
        content.AsSpan(start..end).Clear();
        Disks.Bytes(3, 100_000).CopyTo(content, 12345);
        content.AsSpan(6 << 20, (int)Cluster).Clear();
        return (source, content);
    }
}
