namespace BlockGen.Testing;

/// <summary>An overlay over a random base, and what a guest must read from it, byte by byte.</summary>
public sealed class StreamedDisk : IAsyncDisposable
{
    private const string BackingName = "backing";

    private readonly ImageRecipe _overlay;
    private readonly MemoryStorage _overlayBytes;
    private readonly MemoryStorage _backingBytes;

    private StreamedDisk(
        ImageRecipe overlay, MemoryStorage overlayBytes, MemoryStorage backingBytes, FaultStorage overlayFaults,
        FaultStorage backingFaults, Image image, byte[] expected)
    {
        (_overlay, _overlayBytes, _backingBytes) = (overlay, overlayBytes, backingBytes);
        (OverlayFaults, BackingFaults) = (overlayFaults, backingFaults);
        Image = image;
        Expected = expected;
    }

    /// <summary>The overlay.</summary>
    public Image Image { get; }

    /// <summary>The bytes that its disk must hold; guests change them with the disk.</summary>
    public byte[] Expected { get; }

    /// <summary>The overlay's storage, to make it fail.</summary>
    public FaultStorage OverlayFaults { get; }

    /// <summary>The base's storage, to make it fail.</summary>
    public FaultStorage BackingFaults { get; }

    /// <summary>The overlay's file, as it is on disk.</summary>
    public byte[] OverlayFile => _overlayBytes.ToArray();

    /// <summary>The base's file, which the overlay calls <c>backing</c>.</summary>
    public byte[] BackingFile => _backingBytes.ToArray();

    /// <summary>Makes an overlay over a base that is shorter, as long or longer, with holes.</summary>
    /// <param name="overlay">How the overlay is made.</param>
    /// <param name="below">How the base is made.</param>
    /// <param name="seed">Another seed makes other disks.</param>
    /// <param name="copyOnRead">Whether the overlay keeps what guests read.</param>
    public static async Task<StreamedDisk> CreateAsync(
        ImageRecipe overlay, ImageRecipe below, int seed, bool copyOnRead = false)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        ArgumentNullException.ThrowIfNull(below);
        Random random = new(seed);
        int diskBytes = random.Next(2 << 20, 5 << 20) / 512 * 512;
        int baseBytes = (diskBytes + random.Next(-(1 << 20), 1 << 19)) / 512 * 512;
        byte[] expected = new byte[diskBytes];

        MemoryStorage backingBytes = new(name: BackingName);
        await below.FormatAsync(backingBytes, (ulong)baseBytes).ConfigureAwait(false);
        await FillAsync(below, backingBytes, random, Math.Min(baseBytes, diskBytes), expected).ConfigureAwait(false);

        MemoryStorage overlayBytes = new(name: "overlay");
        string? declared = below.Format.Recognizes is null ? below.Format.Name : null;
        await overlay.FormatAsync(overlayBytes, (ulong)diskBytes, new BackingLink(BackingName, declared))
            .ConfigureAwait(false);

        FaultStorage backingFaults = new(new JitterStorage(backingBytes, seed));
        FaultStorage overlayFaults = new(new JitterStorage(overlayBytes, seed + 1));
        ImageRecipe chain = new(overlay.Format, overlay.Options, below.Format);
        Image image = await chain.OpenChainAsync(
            overlayFaults,
            new Dictionary<string, IStorage> { [BackingName] = backingFaults },
            new OpenOptions { CopyOnRead = copyOnRead }).ConfigureAwait(false);
        return new StreamedDisk(chain, overlayBytes, backingBytes, overlayFaults, backingFaults, image, expected);
    }

    /// <summary>Opens the overlay's bytes once more, with the base.</summary>
    public Task<Image> ReopenAsync() =>
        _overlay.OpenChainAsync(_overlayBytes, new Dictionary<string, IStorage> { [BackingName] = _backingBytes });

    /// <summary>
    /// The image must be independent, clean, and hold the expected bytes, open and after it was closed.
    /// </summary>
    public async Task VerifyStreamedAsync()
    {
        Assert.Null(Image.Backing);
        Assert.Null(Image.BackingLink);

        // Copy-on-read may still be storing what guests have read.
        await Image.SettleCopyOnReadAsync(CancellationToken.None).ConfigureAwait(false);
        await UntilAsync(() => Image.Tracker.ActiveCount == 0).ConfigureAwait(false);
        await Image.ExpectContentAsync(Expected).ConfigureAwait(false);
        await Image.DisposeAsync().ConfigureAwait(false);
        await UntilAsync(() => Image.Bounce.RentedBytes == 0).ConfigureAwait(false);

        // Nobody would open a base now: the gate is missing.
        Image reopened = await _overlay.OpenAsync(_overlayBytes).ConfigureAwait(false);
        await using (reopened.ConfigureAwait(false))
        {
            Assert.False(reopened.IsDirty, "the streamed image was closed and is marked as if it were open");
            await reopened.ExpectSoundAsync(mayLeak: true).ConfigureAwait(false);
            await reopened.ExpectContentAsync(Expected).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the overlay and the base.</summary>
    public ValueTask DisposeAsync() => Image.DisposeAsync();

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

    private static async Task FillAsync(
        ImageRecipe below, MemoryStorage storage, Random random, int length, byte[] expected)
    {
        Image backing = await below.OpenAsync(storage).ConfigureAwait(false);
        await using (backing.ConfigureAwait(false))
        {
            for (int at = 0; at < length;)
            {
                int run = Math.Min(random.Next(1, 700_000), length - at);
                if (random.Next(4) != 0)
                {
                    random.NextBytes(expected.AsSpan(at, run));
                    await backing.WriteAsync(at, expected.AsMemory(at, run)).ConfigureAwait(false);
                }

                at += run;
            }
        }
    }
}
