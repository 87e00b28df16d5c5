namespace BlockGen;

/// <summary>The formats an application knows, and how to open images of them with their backing chains.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class FormatRegistry(IEnumerable<ImageFormat> formats)
{
    private const int ProbeBytes = 4096;
    private const int MaxChainDepth = 256;

    /// <summary>The formats, in the order they are probed.</summary>
    public IReadOnlyList<ImageFormat> Formats { get; } = [.. formats];

    /// <summary>
    /// The format of that name; an <see cref="ImageException"/> in qemu-img's words when there is none.
    /// </summary>
    public ImageFormat Find(string name) =>
        Formats.FirstOrDefault(format => format.Name == name)
        ?? throw new ImageException($"Unknown driver '{name}'");

    /// <summary>The format that recognises the storage's first bytes, or raw's: the one nothing identifies.</summary>
    public async ValueTask<ImageFormat> ProbeAsync(IStorage storage, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        byte[] start = new byte[ProbeBytes];
        await storage.ReadAsync(new HostOffset(0), start, cancellation).ConfigureAwait(false);
        return Formats.FirstOrDefault(format => format.Recognizes?.Invoke(start) == true)
            ?? Formats.FirstOrDefault(format => format.Recognizes is null)
            ?? throw new ImageException($"{storage.Name}: no known format recognises it");
    }

    /// <summary>Opens an image and, where asked, its whole backing chain.</summary>
    /// <param name="storage">What holds the image. Owned by the image, also when opening fails.</param>
    /// <param name="format">The format's name; probed when null.</param>
    /// <param name="options">How to open it. Layers below the top are opened read-only unless the options say otherwise.</param>
    /// <param name="cancellation">Cancels the opening.</param>
    public async ValueTask<Image> OpenAsync(
        IStorage storage, string? format, OpenOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        return await OpenLayerAsync(storage, format, options, [], cancellation).ConfigureAwait(false);
    }

    private async ValueTask<Image> OpenLayerAsync(
        IStorage storage, string? format, OpenOptions options, HashSet<string> chain, CancellationToken cancellation)
    {
        IAsyncDisposable opened = storage;
        try
        {
            if (!chain.Add(storage.Name) || chain.Count > MaxChainDepth)
            {
                throw new ImageException($"{storage.Name}: the backing chain loops or is deeper than {MaxChainDepth} layers");
            }

            ImageFormat driver = format is null
                ? await ProbeAsync(storage, cancellation).ConfigureAwait(false)
                : Find(format);
            Image image = await driver.OpenAsync(storage, options, cancellation).ConfigureAwait(false);
            opened = image;
            if (options.Snapshot is not null && image.Snapshots is null)
            {
                throw new SnapshotException(
                    $"Block format '{driver}' used by device '' does not support temporarily loading internal snapshots");
            }

            if (options.OpenBacking && image.BackingLink is { } link)
            {
                image.AttachBacking(await OpenBackingAsync(image, link, options, chain, cancellation).ConfigureAwait(false));
            }

            return image;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<Image> OpenBackingAsync(
        Image overlay, BackingLink link, OpenOptions options, HashSet<string> chain, CancellationToken cancellation)
    {
        if (options.Gate is not { } gate)
        {
            throw new ImageException($"{overlay.Storage.Name}: names the backing file '{link.Name}', and no gate allows it");
        }

        if (link.Format is null && !options.ProbeBacking)
        {
            throw new ImageException(
                $"{overlay.Storage.Name}: does not declare the format of its backing file '{link.Name}', and probing is not allowed");
        }

        IStorage storage = await gate(link, overlay.Storage, cancellation).ConfigureAwait(false);
        OpenOptions below = options with
        {
            ReadOnly = options.WritableBacking?.Invoke(storage) is not true,
            CopyOnRead = false,
            Snapshot = null,
            DriverOptions = new Dictionary<string, string>(),
        };
        return await OpenLayerAsync(storage, link.Format, below, chain, cancellation).ConfigureAwait(false);
    }
}
