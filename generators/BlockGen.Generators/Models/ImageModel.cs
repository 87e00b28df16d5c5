namespace BlockGen.Generators;

/// <summary>A declared image format.</summary>
/// <param name="Type">The driver's class.</param>
/// <param name="FormatName">The format's name.</param>
/// <param name="Summary">First sentence of the driver's documentation.</param>
/// <param name="Header">The header's type; null for a format without one.</param>
/// <param name="OpenOptions">The type of the options of opening; null when there are none.</param>
/// <param name="Lookup">How guest offsets are found.</param>
/// <param name="Members">The marked members.</param>
/// <param name="TailIsHighestMapped">Whether free space begins after the highest cluster mapped.</param>
/// <param name="HidesClusters">Whether tools do not tell of clusters.</param>
/// <param name="TellsImageEnd">Whether a check tells where the file's used part ends.</param>
/// <param name="UnallocatedIsNowhere">Whether what is unallocated is nowhere without a backing file.</param>
/// <param name="WriteOrder">The steps, by name.</param>
/// <param name="DirtyMark">The header's dirty mark.</param>
/// <param name="Create">How new images are made.</param>
internal sealed record ImageModel(
    DeclaredType Type,
    string FormatName,
    string Summary,
    string? Header,
    string? OpenOptions,
    LookupModel Lookup,
    ImageMembers Members,
    bool TailIsHighestMapped,
    bool HidesClusters,
    bool TellsImageEnd,
    bool UnallocatedIsNowhere,
    EquatableArray<string> WriteOrder,
    DirtyMarkModel? DirtyMark,
    CreateModel? Create)
{
    /// <summary>Whether images can name a backing file.</summary>
    public bool HasBacking => Members.BackingName is not null;
}

/// <summary>The members of the driver that the markers name; null where there is none.</summary>
internal sealed record ImageMembers(
    string GuestSize,
    string? ClusterSize,
    string? TableBytes,
    string? RootTableBytes,
    string? ZeroClusters,
    string? Compressed,
    string? CompressedEntry,
    string? ReferenceCounts,
    string? DataStart,
    string? HostStart,
    string? BackingName,
    string? BackingFormat,
    string? BackingLink,
    string? BackingNameSpace,
    string? Allocator,
    string? MappedCount,
    string? Resize,
    string? WriteObstacle,
    string? Opening);

/// <summary>How guest offsets are found.</summary>
internal abstract record LookupModel
{
    /// <summary>The storage is the disk.</summary>
    public sealed record Identity : LookupModel;

    /// <summary>A method of the driver finds extents.</summary>
    public sealed record Method(string Name) : LookupModel;

    /// <summary>One table, or a root table of leaf tables.</summary>
    /// <param name="RootEntry">Entries of the root of two levels; null for one level.</param>
    /// <param name="LeafEntry">Entries that map clusters.</param>
    /// <param name="Root">Expression for the first table's host offset in bytes.</param>
    /// <param name="UnitBase">Expression for the host offset of unit 0; null for zero.</param>
    /// <param name="UnitBytes">Expression for the bytes in a unit; null for one.</param>
    /// <param name="AlignedFrom">Expression for the host offset that clusters are aligned to; null for units.</param>
    /// <param name="AlignedTo">Expression for the bytes they are aligned to; null for the default.</param>
    /// <param name="HasZeroClusters">Whether leaf entries can say "zeroes".</param>
    public sealed record Tables(
        string? RootEntry,
        string LeafEntry,
        string Root,
        string? UnitBase,
        string? UnitBytes,
        string? AlignedFrom,
        string? AlignedTo,
        bool HasZeroClusters)
        : LookupModel;
}

/// <summary>A header field with a flag in it, or with two values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Flag">Expression for the flag, or for the value of a dirty image, of the field's type.</param>
/// <param name="Clean">Expression for the value of a clean image; null when the mark is a flag.</param>
/// <param name="Cast">What the result of a bit operation is cast to; null when it has the field's type already.</param>
internal sealed record DirtyMarkModel(string Field, string Flag, string? Clean, string? Cast);

/// <summary>How new images are made.</summary>
/// <param name="Method">The driver's method that makes the header, or says how long the file is.</param>
/// <param name="Options">The type of its options.</param>
/// <param name="Preallocate">The option that says what is reserved; null when there is none.</param>
/// <param name="HasModes">Whether that option tells of a mode, not only of whether clusters are mapped.</param>
/// <param name="WritesFile">Whether the method writes the whole file.</param>
/// <param name="Creating">The method that adds what a new image has besides header and tables; null when there is none.</param>
/// <param name="Measure">The driver's method that says how long the file becomes; null when there is none.</param>
internal sealed record CreateModel(
    string Method, string Options, string? Preallocate, bool HasModes, bool WritesFile, string? Creating,
    string? Measure);
