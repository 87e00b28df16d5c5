namespace BlockGen;

/// <summary>How an image is opened.</summary>
public sealed record OpenOptions
{
    /// <summary>Refuse every change; the storage may be read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Values for the driver's open options (raw: <c>offset</c>, <c>size</c>); <see cref="OptionValues"/> where some of
    /// them name secrets.
    /// </summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Only what the image says about itself is asked for: an encrypted one needs no key, and its guest's bytes can be
    /// neither read nor written.
    /// </summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Opens the backing image that the file names. Without it unallocated ranges read as zeroes.</summary>
    public bool OpenBacking { get; init; } = true;

    /// <summary>
    /// Decides about every backing file that an image names, and opens it. Without a gate an image with a backing file
    /// is refused: a name inside an image is untrusted.
    /// </summary>
    public BackingGate? Gate { get; init; }

    /// <summary>Lets a backing file without a declared format be probed. Otherwise such an image is refused.</summary>
    public bool ProbeBacking { get; init; }

    /// <summary>
    /// Says of the storages of backing images which are opened for writing, to commit to. None when null.
    /// </summary>
    public Func<IStorage, bool>? WritableBacking { get; init; }

    /// <summary>Most bytes of allocation tables kept in memory, for this image alone; at least 1 MiB.</summary>
    public ulong TableCacheBytes { get; init; } = 32 << 20;

    /// <summary>Most bytes of bounce buffers in use by this image's copies, fills and copy-on-read.</summary>
    public ulong BounceBytes { get; init; } = 64 << 20;

    /// <summary>Keeps what guest reads fetch from the backing image.</summary>
    public bool CopyOnRead { get; init; }

    /// <summary>Shows a snapshot inside the image, read-only, and not the disk as it is now. None when null.</summary>
    public SnapshotName? Snapshot { get; init; }

    /// <summary>Opens an image whose dirty mark is set for writing without checking it first.</summary>
    public bool IgnoreDirtyMark { get; init; }
}

/// <summary>A backing file as an image names it.</summary>
/// <param name="Name">
/// Its name, as it stands in the image: absolute, or relative to the image's folder. Untrusted.
/// </param>
/// <param name="Format">Its format where the image declares one; null otherwise.</param>
public sealed record BackingLink(string Name, string? Format);

/// <summary>
/// Opens the storage of a backing file, or refuses by throwing <see cref="ImageException"/>. Called once for each layer.
/// </summary>
/// <param name="link">What the overlay names.</param>
/// <param name="overlay">The storage of the image that names it.</param>
/// <param name="cancellation">Cancels the opening.</param>
public delegate ValueTask<IStorage> BackingGate(BackingLink link, IStorage overlay, CancellationToken cancellation);
