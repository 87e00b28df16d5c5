namespace BlockGen.Generators.Tests.Declarations;

/// <summary>The first 64 bytes of a QED image.</summary>
[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct QedHeader
{
    /// <summary>Identifies the file. Nothing else does.</summary>
    [Magic("QED\0")]
    public uint Magic { get; init; }

    /// <summary>Bytes in one cluster.</summary>
    [PowerOfTwo(Min = 1 << 12, Max = 1 << 26)]
    public uint ClusterSize { get; init; }

    /// <summary>Clusters in one table; L1 and L2 tables are equally long.</summary>
    [PowerOfTwo(Min = 1, Max = 16)]
    public uint TableSize { get; init; }

    [InRange(Min = 1)]
    public uint HeaderSize { get; init; }

    [FeatureBits(UnknownBits.RefuseToOpen)]
    public QedFeatures Features { get; init; }

    [FeatureBits(UnknownBits.Keep)]
    public ulong CompatFeatures { get; init; }

    [FeatureBits(UnknownBits.Clear)]
    public ulong AutoclearFeatures { get; init; }

    /// <summary>Where the L1 table starts, a multiple of <see cref="ClusterSize"/>.</summary>
    [AlignedTo(nameof(ClusterSize))]
    public HostOffset L1TableOffset { get; init; }

    [MultipleOf(512), AtMost(nameof(MappableSize))]
    public ulong ImageSize { get; init; }

    [PresentIf(nameof(Features), QedFeatures.BackingFile), AtLeast(nameof(Lowest))]
    public uint BackingNameOffset { get; init; }

    [PresentIf(nameof(Features), QedFeatures.BackingFile)]
    public uint BackingNameSize { get; init; }

    private const int Lowest = 64;

    private UInt128 MappableSize => (UInt128)EntriesPerTable * EntriesPerTable * ClusterSize;

    private ulong EntriesPerTable => TableSize * (ulong)ClusterSize / sizeof(ulong);
}

[Flags]
public enum QedFeatures : ulong
{
    None = 0,
    BackingFile = 1 << 0,
    NeedCheck = 1 << 1,
    BackingIsRaw = 1 << 2,
}
