namespace BlockGen.Tests.Copying;

public sealed class StreamJobTests
{
    private const ulong Cluster = 4096;
    private const int DiskBytes = 4 << 20;

    [Fact]
    public async Task The_overlay_holds_everything_and_stands_alone_at_the_end()
    {
        await using SparseImage overlay = OverlayOn(out SparseImage backing, out byte[] content);
        backing.Set(0, content);
        overlay.Set(5 * Cluster, Disks.Bytes(3, (int)Cluster));
        Disks.Bytes(3, (int)Cluster).CopyTo(content, 5 * (int)Cluster);

        StreamJob job = overlay.StartStream(new StreamOptions());
        await job.Completion;

        Assert.Equal(JobState.Concluded, job.State);
        Assert.Equal((ulong)DiskBytes, job.Progress.Offset);
        Assert.Equal((ulong)DiskBytes - Cluster, job.Progress.CopiedBytes);
        Assert.Null(overlay.Backing);
        Assert.Null(overlay.BackingLink);
        Assert.Null(overlay.Job);
        Assert.True(backing.IsDisposed);
        Assert.Equal(content, await Disks.ReadAllAsync(overlay));
    }

    [Fact]
    public async Task Layers_above_the_base_are_folded_in_and_the_base_stays()
    {
        SparseImage lowest = new(DiskBytes, Cluster, name: "/disks/base.img");
        SparseImage middle = new(DiskBytes, Cluster, name: "/disks/middle.img");
        await using SparseImage top = new(DiskBytes, Cluster, name: "/disks/top.img");
        middle.Link = new BackingLink("base.img", "raw");
        top.Link = new BackingLink("middle.img", null);
        lowest.Set(0, Disks.Bytes(1, DiskBytes));
        middle.Set(0, Disks.Bytes(2, (int)Cluster));
        middle.SetZero(Cluster);
        middle.AttachBacking(lowest);
        top.AttachBacking(middle);
        byte[] before = await Disks.ReadAllAsync(top);

        await top.StartStream(new StreamOptions { Base = lowest }).Completion;

        Assert.Same(lowest, top.Backing);
        Assert.Equal(new BackingLink("base.img", "raw"), top.BackingLink);
        Assert.Equal(2, top.AllocatedClusters);
        Assert.True(middle.IsDisposed);
        Assert.False(lowest.IsDisposed);
        Assert.Equal(before, await Disks.ReadAllAsync(top));
    }

    [Fact]
    public async Task A_layer_that_ends_early_keeps_hiding_a_longer_base()
    {
        SparseImage lowest = new(DiskBytes, Cluster);
        SparseImage middle = new(3 * Cluster + 512, 512);
        await using SparseImage top = new(DiskBytes, Cluster);
        lowest.Set(0, Disks.Bytes(1, DiskBytes));
        middle.Set(512, Disks.Bytes(2, 512));
        middle.AttachBacking(lowest);
        top.AttachBacking(middle);
        byte[] before = await Disks.ReadAllAsync(top);

        await top.StartStream(new StreamOptions { Base = lowest }).Completion;

        Assert.Equal(before, await Disks.ReadAllAsync(top));
    }

    [Fact]
    public async Task A_hole_of_a_terabyte_costs_one_step()
    {
        const ulong terabyte = 1ul << 40;
        SparseImage backing = new(2 * terabyte, Cluster);
        await using SparseImage overlay = new(2 * terabyte, Cluster);
        backing.Set(0, Disks.Bytes(1, (int)Cluster));
        backing.Set(terabyte, Disks.Bytes(2, (int)Cluster));
        overlay.AttachBacking(backing);

        await overlay.StartStream(new StreamOptions()).Completion;

        // Two clusters of data, two holes, and the look under each claim.
        Assert.InRange(overlay.MapCalls, 1, 8);
        Assert.InRange(backing.MapCalls, 1, 8);
        Assert.Equal(2, overlay.AllocatedClusters);
    }

    [Fact]
    public async Task Zeroes_are_not_stored_where_nothing_will_stay_behind()
    {
        await using SparseImage overlay = OverlayOn(out SparseImage backing, out _);
        backing.Set(0, new byte[DiskBytes]);
        backing.Set(1 << 20, Disks.Bytes(1, (int)Cluster));

        await overlay.StartStream(new StreamOptions()).Completion;

        Assert.InRange(overlay.AllocatedClusters, 1, (64 << 10) / (int)Cluster);
        byte[] streamed = await Disks.ReadAllAsync(overlay);
        Assert.Equal(Disks.Bytes(1, (int)Cluster), streamed[(1 << 20)..((1 << 20) + (int)Cluster)]);
    }

    [Fact]
    public async Task A_second_job_on_the_image_is_refused()
    {
        await using SparseImage overlay = OverlayOn(out SparseImage backing, out byte[] content);
        backing.Set(0, content);
        backing.BeforeRead = Hang.Forever;

        StreamJob job = overlay.StartStream(new StreamOptions());
        ImageException refusal = Assert.Throws<ImageException>(() => overlay.StartStream(new StreamOptions()));

        Assert.Contains("at work on this image already", refusal.Message, StringComparison.Ordinal);
        await job.CancelAsync();
    }

    [Fact]
    public async Task Nothing_is_streamed_from_a_backing_file_that_is_not_open()
    {
        await using SparseImage overlay = new(DiskBytes, Cluster) { Link = new BackingLink("base.img", "raw") };

        ImageException refusal = Assert.Throws<ImageException>(() => overlay.StartStream(new StreamOptions()));

        Assert.Contains("base.img", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(overlay.BackingLink);
    }

    [Fact]
    public async Task A_base_outside_the_chain_is_refused()
    {
        await using SparseImage stranger = new(DiskBytes, Cluster, name: "stranger");
        await using SparseImage overlay = OverlayOn(out _, out _);

        ImageException refusal = Assert.Throws<ImageException>(
            () => overlay.StartStream(new StreamOptions { Base = stranger }));

        Assert.Contains("stranger", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_without_backing_is_done_at_once()
    {
        await using SparseImage image = new(DiskBytes, Cluster);

        await image.StartStream(new StreamOptions()).Completion;

        Assert.Equal(0, image.AllocatedClusters);
    }

    private static SparseImage OverlayOn(out SparseImage backing, out byte[] content)
    {
        content = Disks.Bytes(1, DiskBytes);
        backing = new SparseImage(DiskBytes, Cluster, name: "backing");
        SparseImage overlay = new(DiskBytes, Cluster, name: "overlay") { Link = new BackingLink("backing", "sparse") };
        overlay.AttachBacking(backing);
        return overlay;
    }
}
