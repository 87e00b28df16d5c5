namespace BlockGen.Drivers.Tests.Streaming;

/// <summary>Single streams of QED images over storages that hang, count or are huge.</summary>
public sealed class StreamedQedTests
{
    private const int DiskBytes = 4 << 20;
    private static readonly FormatRegistry s_formats = new(DiskFormats.All);

    [Fact]
    public async Task A_store_that_hangs_is_left_alone_by_cancel_and_publishes_nothing_afterwards()
    {
        byte[] content = Random(1, DiskBytes);
        MemoryStorage overlayBytes = new(name: "overlay");
        await CreateAsync(overlayBytes, DiskBytes, new BackingLink("backing", "raw"));
        DeafStorage deaf = new(overlayBytes, longBytes: 256 << 10);
        await using Image overlay = await OpenAsync(deaf, new MemoryStorage(content, "backing"));
        StreamJob job = overlay.StartStream(new StreamOptions());
        await deaf.Reached;

        await job.CancelAsync();
        deaf.Release();

        using (await overlay.Tracker.EnterAsync(
            new GuestRange(0, DiskBytes), RangeAccess.Claim, CancellationToken.None))
        {
            Extent extent = await overlay.MapAsync(new GuestRange(0, DiskBytes), CancellationToken.None);
            Assert.Equal(Extent.Unallocated(new GuestRange(0, DiskBytes)), extent);
        }

        await overlay.StartStream(new StreamOptions()).Completion;
        await StreamedDisk.AssertHoldsAsync(overlay, content);
    }

    [Fact]
    public async Task Guest_writes_go_on_beside_a_store_that_hangs()
    {
        byte[] content = Random(1, DiskBytes);
        MemoryStorage overlayBytes = new(name: "overlay");
        await CreateAsync(overlayBytes, DiskBytes, new BackingLink("backing", "raw"));
        DeafStorage deaf = new(overlayBytes, longBytes: 256 << 10);
        await using Image overlay = await OpenAsync(deaf, new MemoryStorage(content, "backing"));
        StreamJob job = overlay.StartStream(new StreamOptions { MaxCopies = 1, MaxChunkBytes = 512 << 10 });
        await deaf.Reached;

        byte[] data = Random(2, 1000);
        await overlay.WriteAsync(new GuestOffset(DiskBytes - 1000), data, CancellationToken.None);
        await overlay.FlushAsync(CancellationToken.None);
        data.CopyTo(content, DiskBytes - 1000);
        await StreamedDisk.AssertHoldsAsync(overlay, content);

        deaf.Release();
        await job.Completion;
        await StreamedDisk.AssertHoldsAsync(overlay, content);
    }

    [Fact]
    public async Task A_hole_of_terabytes_costs_a_handful_of_reads()
    {
        const ulong terabyte = 1ul << 40;
        byte[] cluster = Random(1, 65536);
        MemoryStorage backingBytes = new(name: "backing");
        await CreateAsync(backingBytes, 8 * terabyte, null);
        await using (Image backing = await OpenAsync(backingBytes, null))
        {
            await backing.WriteAsync(new GuestOffset(0), cluster, CancellationToken.None);
            await backing.WriteAsync(new GuestOffset(7 * terabyte), cluster, CancellationToken.None);
        }

        MemoryStorage overlayBytes = new(name: "overlay");
        await CreateAsync(overlayBytes, 8 * terabyte, new BackingLink("backing", null));
        CountingStorage overlayCounter = new(overlayBytes);
        CountingStorage backingCounter = new(backingBytes);
        await using Image overlay = await OpenAsync(overlayCounter, backingCounter);

        await overlay.StartStream(new StreamOptions()).Completion;

        Assert.InRange(overlayCounter.Requests(StorageOperation.Read), 1, 200);
        Assert.InRange(backingCounter.Requests(StorageOperation.Read), 1, 200);
        byte[] copied = new byte[65536];
        await overlay.ReadAsync(new GuestOffset(7 * terabyte), copied, CancellationToken.None);
        Assert.Equal(cluster, copied);
    }

    [Fact]
    public async Task Copy_on_read_alone_makes_the_overlay_independent_of_what_was_read()
    {
        byte[] content = Random(1, DiskBytes);
        MemoryStorage overlayBytes = new(name: "overlay");
        await CreateAsync(overlayBytes, DiskBytes, new BackingLink("backing", "raw"));
        MemoryStorage backing = new(content, "backing");
        await using (Image overlay = await OpenAsync(overlayBytes, backing, copyOnRead: true))
        {
            await StreamedDisk.AssertHoldsAsync(overlay, content);
            await overlay.SettleCopyOnReadAsync(CancellationToken.None);
            Assert.Equal(0ul, overlay.CopyOnReadStatistics.Failed);
            Assert.NotEqual(0ul, overlay.CopyOnReadStatistics.Kept);
        }

        await using Image alone = await s_formats.OpenAsync(
            overlayBytes, "qed", new OpenOptions { OpenBacking = false }, CancellationToken.None);
        await StreamedDisk.AssertHoldsAsync(alone, content);
    }

    private static byte[] Random(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static ValueTask CreateAsync(IStorage storage, ulong bytes, BackingLink? link) =>
        s_formats.Find("qed").CreateAsync!(
            storage,
            new Dictionary<string, string> { ["size"] = $"{bytes}", ["table_size"] = "16" },
            link,
            CancellationToken.None);

    private static ValueTask<Image> OpenAsync(IStorage storage, IStorage? backing, bool copyOnRead = false) =>
        s_formats.OpenAsync(
            storage,
            "qed",
            new OpenOptions
            {
                CopyOnRead = copyOnRead,
                ProbeBacking = true,
                OpenBacking = backing is not null,
                Gate = (_, _, _) => ValueTask.FromResult(backing!),
            },
            CancellationToken.None);
}
