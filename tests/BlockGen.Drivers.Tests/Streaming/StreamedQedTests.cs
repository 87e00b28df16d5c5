namespace BlockGen.Drivers.Tests.Streaming;

/// <summary>Streams of QED images that are huge.</summary>
public sealed class StreamedQedTests
{
    private static readonly FormatRegistry s_formats = new(DiskFormats.All);

    [Fact]
    public async Task A_hole_of_terabytes_costs_a_handful_of_reads()
    {
        const ulong terabyte = 1ul << 40;
        byte[] cluster = RandomBytes(65536, 1);
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

    private static ValueTask CreateAsync(IStorage storage, ulong bytes, BackingLink? link) =>
        s_formats.Find("qed").CreateAsync!(
            storage,
            new Dictionary<string, string> { ["size"] = $"{bytes}", ["table_size"] = "16" },
            link,
            CancellationToken.None);

    private static ValueTask<Image> OpenAsync(IStorage storage, IStorage? backing) =>
        s_formats.OpenAsync(
            storage,
            "qed",
            new OpenOptions
            {
                ProbeBacking = true,
                OpenBacking = backing is not null,
                Gate = (_, _, _) => ValueTask.FromResult(backing!),
            },
            CancellationToken.None);
}
