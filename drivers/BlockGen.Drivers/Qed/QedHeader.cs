namespace BlockGen.Drivers.Qed;

/// <summary>The first 64 bytes of a QED image. Specification: QEMU, docs/interop/qed_spec, "Header".</summary>
[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct QedHeader
{
    /// <summary>Identifies the file.</summary>
    [Magic("QED\0")]
    public uint Magic { get; init; }

    /// <summary>Bytes in one cluster.</summary>
    [PowerOfTwo(Min = 1 << 12, Max = 1 << 26)]
    public uint ClusterSize { get; init; }

    /// <summary>Clusters in one table; L1 and L2 tables are equally long.</summary>
    [PowerOfTwo(Min = 1, Max = 16)]
    public uint TableSize { get; init; }

    /// <summary>Clusters before the first regular cluster.</summary>
    [InRange(Min = 1)]
    public uint HeaderSize { get; init; }

    /// <summary>Features an implementation must understand to open the image.</summary>
    [FeatureBits(UnknownBits.RefuseToOpen)]
    public QedFeatures Features { get; init; }

    /// <summary>Features an implementation may ignore.</summary>
    [FeatureBits(UnknownBits.Keep)]
    public ulong CompatFeatures { get; init; }

    /// <summary>Features an implementation clears when it does not understand them.</summary>
    [FeatureBits(UnknownBits.Clear)]
    public ulong AutoclearFeatures { get; init; }

    /// <summary>Where the L1 table starts.</summary>
    [AlignedTo(nameof(ClusterSize)), AtLeast(nameof(HeaderBytes))]
    public HostOffset L1TableOffset { get; init; }

    /// <summary>Bytes the guest sees.</summary>
    [MultipleOf(512), AtMost(nameof(MappableSize))]
    public ulong ImageSize { get; init; }

    /// <summary>Where the backing file's name starts.</summary>
    [PresentIf(nameof(Features), QedFeatures.BackingFile)]
    public uint BackingNameOffset { get; init; }

    /// <summary>Bytes in the backing file's name; no terminator.</summary>
    [PresentIf(nameof(Features), QedFeatures.BackingFile)]
    public uint BackingNameSize { get; init; }

    // One L1 table full of L2 tables; of the largest ones more than the signed 64 bits of an offset reach.
    private UInt128 MappableSize => UInt128.Min((UInt128)EntriesPerTable * EntriesPerTable * ClusterSize, long.MaxValue);

    private ulong EntriesPerTable => TableBytes / sizeof(ulong);

    internal ulong TableBytes => TableSize * (ulong)ClusterSize;

    internal ulong HeaderBytes => HeaderSize * (ulong)ClusterSize;
}

/// <summary>Bits of <see cref="QedHeader.Features"/>.</summary>
[Flags]
public enum QedFeatures : ulong
{
    /// <summary>No feature.</summary>
    None = 0,

    /// <summary>The image has a backing file.</summary>
    BackingFile = 1 << 0,

    /// <summary>The image was not closed cleanly.</summary>
    NeedCheck = 1 << 1,

    /// <summary>The backing file is raw and must not be probed.</summary>
    BackingIsRaw = 1 << 2,
}
