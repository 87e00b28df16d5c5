namespace BlockGen;

/// <summary>
/// A format, as the generator describes it: what it is called, how it is recognised, opened and created.
/// </summary>
public sealed class ImageFormat
{
    /// <summary>The name, as <c>-f</c> takes it.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence about it.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Whether images of it can name a backing file.</summary>
    public bool HasBacking { get; init; }

    /// <summary>
    /// Whether unallocated ranges are nowhere, as in an overlay; otherwise the image itself says that they are zero.
    /// </summary>
    public bool UnallocatedIsNowhere { get; init; }

    /// <summary>Whether tools tell neither the cluster size nor whether the image was closed cleanly.</summary>
    public bool HidesClusters { get; init; }

    /// <summary>Whether a check tells where the last used byte of the file ends, as QEMU's does for such formats.</summary>
    public bool TellsImageEnd { get; init; }

    /// <summary>Whether clusters can be written compressed.</summary>
    public bool CanCompress { get; init; }

    /// <summary>Whether the disks in images of it can change their size.</summary>
    public bool CanResize { get; init; }

    /// <summary>
    /// Whether a storage that begins with these bytes holds this format; null for formats nothing identifies.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, bool>? Recognizes { get; init; }

    /// <summary>The options of <see cref="CreateAsync"/>; empty when images cannot be created.</summary>
    public IReadOnlyList<OptionInfo> CreateOptions { get; init; } = [];

    /// <summary>
    /// Opens an image of it on a storage, without its backing. The image owns the storage from then on.
    /// </summary>
    public required Func<IStorage, OpenOptions, CancellationToken, ValueTask<Image>> OpenAsync { get; init; }

    /// <summary>
    /// Makes an image on an empty storage from option values; null where the format cannot be created. The backing link
    /// is stored as it is given.
    /// </summary>
    public Func<IStorage, IReadOnlyDictionary<string, string>, BackingLink?, CancellationToken, ValueTask>? CreateAsync { get; init; }

    /// <summary>
    /// How large the file of an image becomes that <see cref="CreateAsync"/> makes of option values; null where the
    /// format does not tell beforehand. Throws as <see cref="CreateAsync"/> does where the values do not go together.
    /// </summary>
    public Func<IReadOnlyDictionary<string, string>, FileMeasure>? Measure { get; init; }

    /// <summary>The header's declared fields; empty for a format without a header.</summary>
    public IReadOnlyList<FieldLayout> HeaderFields { get; init; } = [];

    /// <summary>The lookup in words: <c>guest offset -> L1 entry -> L2 entry -> cluster</c>.</summary>
    public string Lookup { get; init; } = "";

    /// <summary>
    /// The write order in words: <c>data, flush, L2 entry, flush, L1 entry</c>; empty where there is none.
    /// </summary>
    public string WriteOrder { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
