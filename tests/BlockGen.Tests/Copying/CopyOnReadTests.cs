namespace BlockGen.Tests.Copying;

public sealed class CopyOnReadTests
{
    private const ulong Cluster = 4096;
    private const int DiskBytes = 1 << 20;

    [Fact]
    public async Task What_a_guest_reads_is_kept_in_whole_clusters()
    {
        (SparseImage overlay, _, byte[] content) = Pair();
        byte[] buffer = new byte[100];

        await overlay.ReadAsync(new GuestOffset(Cluster - 50), buffer, CancellationToken.None);
        await overlay.SettleCopyOnReadAsync(CancellationToken.None);

        Assert.Equal(content[((int)Cluster - 50)..((int)Cluster + 50)], buffer);
        Assert.Equal(2, overlay.AllocatedClusters);
        Assert.Equal(new CopyOnReadStatistics(Kept: 1, Dropped: 0, Failed: 0), overlay.CopyOnReadStatistics);
        Assert.Equal(content, await Disks.ReadAllAsync(overlay));
    }

    [Fact]
    public async Task The_guest_does_not_wait_for_the_store()
    {
        Hang hang = new();
        (SparseImage overlay, _, byte[] content) = Pair();
        overlay.BeforeStore = hang.Deaf;
        byte[] buffer = new byte[Cluster];

        await overlay.ReadAsync(new GuestOffset(0), buffer, CancellationToken.None);
        await hang.Reached;

        Assert.Equal(content[..(int)Cluster], buffer);
        Assert.Equal(0, overlay.AllocatedClusters);
        hang.Release();
        await overlay.SettleCopyOnReadAsync(CancellationToken.None);
        Assert.Equal(1, overlay.AllocatedClusters);
    }

    [Fact]
    public async Task A_failed_store_does_not_fail_the_read()
    {
        (SparseImage overlay, _, byte[] content) = Pair();
        overlay.BeforeStore = (_, _) => throw StorageErrors.NoSpace("overlay", "store");
        byte[] buffer = new byte[Cluster];

        await overlay.ReadAsync(new GuestOffset(0), buffer, CancellationToken.None);
        await overlay.SettleCopyOnReadAsync(CancellationToken.None);

        Assert.Equal(content[..(int)Cluster], buffer);
        Assert.Equal(1ul, overlay.CopyOnReadStatistics.Failed);
        Assert.Equal(0ul, overlay.Bounce.RentedBytes);
        Assert.Equal(0, overlay.Tracker.ActiveCount);
    }

    [Fact]
    public async Task Without_bounce_memory_a_read_is_answered_and_not_kept()
    {
        (SparseImage overlay, _, byte[] content) = Pair(new OpenOptions { CopyOnRead = true, BounceBytes = Cluster });
        byte[] buffer = new byte[2 * Cluster];
        using BounceBuffer all = await overlay.Bounce.RentAsync((int)Cluster, CancellationToken.None);

        await overlay.ReadAsync(new GuestOffset(0), buffer, CancellationToken.None);
        await overlay.SettleCopyOnReadAsync(CancellationToken.None);

        Assert.Equal(content[..(2 * (int)Cluster)], buffer);
        Assert.Equal(0, overlay.AllocatedClusters);
        Assert.Equal(1ul, overlay.CopyOnReadStatistics.Dropped);
    }

    [Fact]
    public async Task Where_a_guest_write_is_in_flight_nothing_is_kept()
    {
        (SparseImage overlay, _, _) = Pair();
        using (await overlay.Tracker.EnterAsync(new GuestRange(0, 512), RangeAccess.GuestWrite, CancellationToken.None))
        {
            await overlay.ReadAsync(new GuestOffset(0), new byte[Cluster], CancellationToken.None);
            await overlay.SettleCopyOnReadAsync(CancellationToken.None);
        }

        Assert.Equal(0, overlay.AllocatedClusters);
        Assert.Equal(1ul, overlay.CopyOnReadStatistics.Dropped);
    }

    [Fact]
    public async Task An_error_beside_what_the_guest_asked_for_is_not_its_error()
    {
        (SparseImage overlay, SparseImage backing, byte[] content) = Pair();
        backing.BeforeRead = (range, _) => range.Overlaps(new GuestRange(0, 512))
            ? throw StorageErrors.InputOutput("backing", "read")
            : ValueTask.CompletedTask;
        byte[] buffer = new byte[512];

        await overlay.ReadAsync(new GuestOffset(1024), buffer, CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(
            () => overlay.ReadAsync(new GuestOffset(0), new byte[512], CancellationToken.None).AsTask());
        await overlay.SettleCopyOnReadAsync(CancellationToken.None);

        Assert.Equal(content[1024..1536], buffer);
        Assert.Equal(0, overlay.AllocatedClusters);
        Assert.Equal(0ul, overlay.Bounce.RentedBytes);
    }

    [Fact]
    public async Task Nothing_is_kept_once_the_image_closes()
    {
        (SparseImage overlay, _, _) = Pair();
        await overlay.DrainCopyOnReadAsync();

        await overlay.ReadAsync(new GuestOffset(0), new byte[Cluster], CancellationToken.None);

        Assert.Equal(0, overlay.AllocatedClusters);
        Assert.Equal(new CopyOnReadStatistics(0, Dropped: 1, 0), overlay.CopyOnReadStatistics);
    }

    [Fact]
    public async Task Closing_waits_for_the_store()
    {
        Hang hang = new();
        (SparseImage overlay, _, _) = Pair();
        overlay.BeforeStore = hang.Deaf;
        await overlay.ReadAsync(new GuestOffset(0), new byte[Cluster], CancellationToken.None);
        await hang.Reached;

        Task closing = overlay.DisposeAsync().AsTask();

        Assert.False(overlay.IsDisposed);
        hang.Release();
        await closing;
        Assert.Equal(1, overlay.AllocatedClusters);
    }

    [Fact]
    public async Task The_end_of_an_odd_disk_and_of_a_shorter_backing_are_zeroes()
    {
        SparseImage backing = new(Cluster + 100, Cluster);
        backing.Set(0, Disks.Bytes(1, (int)Cluster + 100));
        await using SparseImage overlay = new(3 * Cluster + 10, Cluster, new OpenOptions { CopyOnRead = true });
        overlay.AttachBacking(backing);
        byte[] expected = new byte[3 * Cluster + 10];
        Disks.Bytes(1, (int)Cluster + 100).CopyTo(expected, 0);

        Assert.Equal(expected, await Disks.ReadAllAsync(overlay));
        await overlay.SettleCopyOnReadAsync(CancellationToken.None);
        Assert.Equal(expected, await Disks.ReadAllAsync(overlay));
    }

    private static (SparseImage Overlay, SparseImage Backing, byte[] Content) Pair(OpenOptions? options = null)
    {
        byte[] content = Disks.Bytes(1, DiskBytes);
        SparseImage backing = new(DiskBytes, Cluster, name: "backing");
        backing.Set(0, content);
        SparseImage overlay = new(DiskBytes, Cluster, options ?? new OpenOptions { CopyOnRead = true }, "overlay");
        overlay.AttachBacking(backing);
        return (overlay, backing, content);
    }
}
