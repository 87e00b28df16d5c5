namespace BlockGen.Drivers.Tests.Streaming;

/// <summary>A QED overlay over a random base, and what a guest must read from it, byte by byte.</summary>
internal sealed class StreamedDisk : IAsyncDisposable
{
    private const string BackingName = "backing";
    private static readonly FormatRegistry s_formats = new(DiskFormats.All);
    private static readonly string[] s_baseFormats = ["raw", "vdi", "qed"];
    private readonly MemoryStorage _overlayBytes;
    private readonly MemoryStorage _backingBytes;

    private StreamedDisk(
        MemoryStorage overlayBytes, MemoryStorage backingBytes, FaultStorage overlayFaults, FaultStorage backingFaults,
        Image image, byte[] expected)
    {
        (_overlayBytes, _backingBytes) = (overlayBytes, backingBytes);
        (OverlayFaults, BackingFaults) = (overlayFaults, backingFaults);
        Image = image;
        Expected = expected;
    }

    public Image Image { get; }

    public byte[] Expected { get; }

    public FaultStorage OverlayFaults { get; }

    public FaultStorage BackingFaults { get; }

    /// <summary>The formats' names by seed: a base of each kind, shorter, as long or longer, with holes.</summary>
    public static async Task<StreamedDisk> CreateAsync(int seed, bool copyOnRead = false)
    {
        Random random = new(seed);
        string baseFormat = s_baseFormats[seed % s_baseFormats.Length];
        int diskBytes = random.Next(2 << 20, 5 << 20) / 512 * 512;
        int baseBytes = (diskBytes + random.Next(-(1 << 20), 1 << 19)) / 512 * 512;
        byte[] expected = new byte[diskBytes];

        MemoryStorage backingBytes = new(name: BackingName);
        await CreateImageAsync(backingBytes, baseFormat, baseBytes, clusterBytes: 65536, link: null);
        await using (Image backing = await OpenAsync(backingBytes, baseFormat))
        {
            await FillAsync(backing, random, Math.Min(baseBytes, diskBytes), expected);
        }

        MemoryStorage overlayBytes = new(name: "overlay");
        int clusterBytes = 4096 << random.Next(0, 5);
        BackingLink link = new(BackingName, baseFormat == "raw" ? "raw" : null);
        await CreateImageAsync(overlayBytes, "qed", diskBytes, clusterBytes, link);

        FaultStorage backingFaults = new(new JitterStorage(backingBytes, seed));
        FaultStorage overlayFaults = new(new JitterStorage(overlayBytes, seed + 1));
        OpenOptions options = new()
        {
            CopyOnRead = copyOnRead,
            ProbeBacking = true,
            Gate = (_, _, _) => ValueTask.FromResult<IStorage>(backingFaults),
        };
        Image image = await s_formats.OpenAsync(overlayFaults, "qed", options, CancellationToken.None);
        return new StreamedDisk(overlayBytes, backingBytes, overlayFaults, backingFaults, image, expected);
    }

    /// <summary>The overlay's file, as it is on disk.</summary>
    public byte[] OverlayFile => _overlayBytes.ToArray();

    /// <summary>The base's file, which the overlay calls <c>backing</c>.</summary>
    public byte[] BackingFile => _backingBytes.ToArray();

    /// <summary>Opens the overlay's bytes once more, with the base.</summary>
    public ValueTask<Image> ReopenAsync() => s_formats.OpenAsync(
        _overlayBytes,
        "qed",
        new OpenOptions { ProbeBacking = true, Gate = (_, _, _) => ValueTask.FromResult<IStorage>(_backingBytes) },
        CancellationToken.None);

    /// <summary>
    /// The image must be independent, clean, and hold the expected bytes, open and after it was closed.
    /// </summary>
    public async Task VerifyStreamedAsync()
    {
        Assert.Null(Image.Backing);
        Assert.Null(Image.BackingLink);

        // Copy-on-read may still be storing what guests have read.
        await Image.SettleCopyOnReadAsync(CancellationToken.None);
        await UntilAsync(() => Image.Tracker.ActiveCount == 0);
        await AssertHoldsAsync(Image, Expected);
        await Image.DisposeAsync();
        await UntilAsync(() => Image.Bounce.RentedBytes == 0);

        // Nobody would open a base now: the gate is missing.
        await using Image reopened = await s_formats.OpenAsync(
            _overlayBytes, "qed", new OpenOptions(), CancellationToken.None);
        Assert.False(reopened.IsDirty);
        CheckReport report = await reopened.CheckAsync(CancellationToken.None);
        Assert.Equal(0ul, report.Errors);
        await AssertHoldsAsync(reopened, Expected);
    }

    /// <summary>
    /// A copy that was cancelled may still be on its way out of its storage; it must get there, or this fails.
    /// </summary>
    private static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static async Task AssertHoldsAsync(Image image, byte[] expected)
    {
        byte[] content = new byte[expected.Length];
        await image.ReadAsync(new GuestOffset(0), content, CancellationToken.None);
        int same = content.AsSpan().CommonPrefixLength(expected);
        Assert.True(same == expected.Length, $"the disk differs from what was written at 0x{same:x}");
    }

    public ValueTask DisposeAsync() => Image.DisposeAsync();

    private static async Task FillAsync(Image backing, Random random, int length, byte[] expected)
    {
        for (int at = 0; at < length;)
        {
            int run = Math.Min(random.Next(1, 700_000), length - at);
            if (random.Next(4) != 0)
            {
                random.NextBytes(expected.AsSpan(at, run));
                await backing.WriteAsync(
                    new GuestOffset((ulong)at), expected.AsMemory(at, run), CancellationToken.None);
            }

            at += run;
        }

        await backing.FlushAsync(CancellationToken.None);
    }

    private static async Task CreateImageAsync(
        MemoryStorage storage, string format, int bytes, int clusterBytes, BackingLink? link)
    {
        Dictionary<string, string> options = new() { ["size"] = $"{bytes}" };
        if (format == "qed")
        {
            options["cluster_size"] = $"{clusterBytes}";
            options["table_size"] = "2"; // the smallest that QEMU opens
        }

        await s_formats.Find(format).CreateAsync!(storage, options, link, CancellationToken.None);
    }

    private static ValueTask<Image> OpenAsync(IStorage storage, string format) =>
        s_formats.OpenAsync(storage, format, new OpenOptions { OpenBacking = false }, CancellationToken.None);
}
