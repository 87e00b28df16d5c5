namespace BlockGen.Drivers.Qcow2;

/// <summary>
/// The header of a qcow2 image, versions 2 and 3. Specification: QEMU, docs/interop/qcow2, "Header". Version 2 ends
/// before <see cref="IncompatibleFeatures"/>.
/// </summary>
[DiskStruct(ByteOrder.Big, Size = 112)]
public readonly partial record struct Qcow2Header
{
    /// <summary>Identifies the file, with the version.</summary>
    [Magic("QFI\xfb")]
    public uint Magic { get; init; }

    /// <summary>Version 2 or 3.</summary>
    [Magic(2), Magic(3)]
    public uint Version { get; init; }

    /// <summary>Where the backing file's name starts; 0 without one.</summary>
    public ulong BackingNameOffset { get; init; }

    /// <summary>Bytes in the backing file's name; no terminator.</summary>
    [InRange(Max = 1023)]
    public uint BackingNameSize { get; init; }

    /// <summary>Base-2 logarithm of the bytes in a cluster.</summary>
    [InRange(Min = 9, Max = 21)]
    public uint ClusterBits { get; init; }

    /// <summary>Bytes the guest sees.</summary>
    [InRange(Max = long.MaxValue)]
    public ulong DiskSize { get; init; }

    /// <summary>How clusters are encrypted: 0 not, 1 by AES, 2 as LUKS does.</summary>
    [OneOf(0, 1, 2)]
    public uint EncryptionMethod { get; init; }

    /// <summary>Entries of the L1 table.</summary>
    [InRange(Max = 32 << 20 >> 3)]
    public uint L1EntryCount { get; init; }

    /// <summary>Where the L1 table starts.</summary>
    [AlignedTo(nameof(ClusterBytes))]
    public HostOffset L1TableOffset { get; init; }

    /// <summary>Where the refcount table starts.</summary>
    [AlignedTo(nameof(ClusterBytes)), AtLeast(nameof(ClusterBytes)), AtMost(nameof(MaxHostOffset))]
    public HostOffset RefcountTableOffset { get; init; }

    /// <summary>Clusters of the refcount table.</summary>
    [InRange(Max = 8 << 20 >> 9)]
    public uint RefcountTableClusterCount { get; init; }

    /// <summary>Internal snapshots.</summary>
    public uint SnapshotCount { get; init; }

    /// <summary>Where the snapshot table starts.</summary>
    public HostOffset SnapshotsOffset { get; init; }

    /// <summary>Features an implementation must understand to open the image.</summary>
    [PresentIf(nameof(Version), 3), FeatureBits(UnknownBits.RefuseToOpen)]
    public Qcow2Features IncompatibleFeatures { get; init; }

    /// <summary>Features an implementation may ignore.</summary>
    [PresentIf(nameof(Version), 3), FeatureBits(UnknownBits.Keep)]
    public ulong CompatibleFeatures { get; init; }

    /// <summary>Features an implementation clears when it does not understand them.</summary>
    [PresentIf(nameof(Version), 3), FeatureBits(UnknownBits.Clear)]
    public Autoclear AutoclearFeatures { get; init; }

    /// <summary>Base-2 logarithm of the bits in a reference count.</summary>
    [PresentIf(nameof(Version), 3), InRange(Max = 6)]
    public uint RefcountOrder { get; init; }

    /// <summary>Bytes in the header; extensions follow.</summary>
    [PresentIf(nameof(Version), 3), InRange(Min = 104), MultipleOf(8), AtMost(nameof(ClusterBytes))]
    public uint HeaderBytes { get; init; }

    /// <summary>How clusters are compressed: 0 deflate, 1 zstd. There when the feature says so.</summary>
    [PresentIf(nameof(IncompatibleFeatures), Qcow2Features.CompressionType), OneOf(0, 1)]
    public byte CompressionType { get; init; }

    private ulong MaxHostOffset => 1UL << 56;

    internal const uint Version2Bytes = 72;

    internal ulong SectorBytes => 512;

    internal ulong ClusterBytes => 1UL << (int)ClusterBits;

    /// <summary>What version 3 says; version 2 has no features.</summary>
    internal Qcow2Features Features => Version == 2 ? Qcow2Features.None : IncompatibleFeatures;

    internal bool HasSubclusters => Features.HasFlag(Qcow2Features.ExtendedL2);

    internal ulong ExtensionsOffset => Version == 2 ? Version2Bytes : HeaderBytes;

    internal int RefcountBits => Version == 2 ? 16 : 1 << (int)RefcountOrder;
}

/// <summary>Bits of <see cref="Qcow2Header.IncompatibleFeatures"/>.</summary>
[Flags]
public enum Qcow2Features : ulong
{
    /// <summary>No feature.</summary>
    None = 0,

    /// <summary>Reference counts may be wrong: the image was not closed cleanly.</summary>
    Dirty = 1 << 0,

    /// <summary>Metadata may be corrupt.</summary>
    Corrupt = 1 << 1,

    /// <summary>Guest data is in another file.</summary>
    ExternalDataFile = 1 << 2,

    /// <summary>The header says how clusters are compressed.</summary>
    CompressionType = 1 << 3,

    /// <summary>L2 entries have a map of 32 subclusters.</summary>
    ExtendedL2 = 1 << 4,
}

/// <summary>Bits of <see cref="Qcow2Header.AutoclearFeatures"/>.</summary>
[Flags]
public enum Autoclear : ulong
{
    /// <summary>No feature.</summary>
    None = 0,

    /// <summary>The bitmaps tell of all changes of the disk.</summary>
    Bitmaps = 1 << 0,
}
