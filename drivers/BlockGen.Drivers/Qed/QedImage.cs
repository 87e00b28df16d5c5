namespace BlockGen.Drivers.Qed;

/// <summary>QEMU Enhanced Disk: one L1 table, L2 tables on demand, clusters appended at the end.</summary>
[ImageFormat("qed", Header = typeof(QedHeader))]
[Lookup<QedL1Entry, QedL2Entry>(Root = nameof(QedHeader.L1TableOffset))]
[WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]
[DirtyMark(nameof(QedHeader.Features), QedFeatures.NeedCheck)]
public sealed partial class QedImage
{
    private const ulong UsualTableSize = 4;
    private const QedFeatures BackingFeatures = QedFeatures.BackingFile | QedFeatures.BackingIsRaw;

    [GuestSize] private ulong GuestSize => Header.ImageSize;

    [ClusterSize] private uint ClusterSize => Header.ClusterSize;

    [TableBytes] private ulong TableBytes => Header.TableBytes;

    [DataStart] private HostOffset DataStart => new(Header.HeaderBytes);

    [BackingName] private HostRange BackingName => HasBackingFile
        ? new HostRange(Header.BackingNameOffset, Header.BackingNameSize)
        : default;

    [BackingFormat] private string? BackingFormat =>
        Header.Features.HasFlag(QedFeatures.BackingIsRaw) ? "raw" : null;

    [BackingNameSpace] private HostRange BackingNameSpace =>
        new((ulong)QedHeader.Size, Header.HeaderBytes - (ulong)QedHeader.Size);

    private bool HasBackingFile => Header.Features.HasFlag(QedFeatures.BackingFile);

    // QED keeps no free list: a new cluster is always the next one past the end of the file.
    [Allocator] private HostOffset Allocate(ulong bytes) => Tail.Take(bytes);

    [BackingLink] private QedHeader WithBacking(BackingLink? link, HostRange name) => Header with
    {
        Features = (Header.Features & ~BackingFeatures)
            | (link is null ? QedFeatures.None : QedFeatures.BackingFile)
            | (link?.Format == "raw" ? QedFeatures.BackingIsRaw : QedFeatures.None),
        BackingNameOffset = (uint)name.Start.Value,
        BackingNameSize = (uint)name.Length,
    };

    [Resize] private QedHeader WithSize(ulong bytes) => Header with { ImageSize = bytes };

    [Create] private static QedHeader NewHeader(QedCreateOptions options) => new()
    {
        Magic = QedHeader.MagicValue,
        ClusterSize = options.ClusterSize,
        TableSize = (uint)Math.Min(options.TableSize ?? UsualTableSize, uint.MaxValue),
        HeaderSize = 1,
        L1TableOffset = new HostOffset(options.ClusterSize),
        ImageSize = (options.Size + 511) & ~511UL,
    };
}

/// <summary>One slot of the L1 table: an L2 table, or nothing yet.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct QedL1Entry(ulong Raw);

/// <summary>One slot of an L2 table: a data cluster, a cluster of zeroes, or nothing yet.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Zero, Equal = 1)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct QedL2Entry(ulong Raw);

/// <summary>What a new QED image is like.</summary>
[CreateOptions]
public sealed partial record QedCreateOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }

    /// <summary>Bytes in one cluster.</summary>
    [Option("cluster_size", Help = "Cluster size (in bytes)")] public uint ClusterSize { get; init; } = 65536;

    /// <summary>Clusters in one table; 4 when null.</summary>
    [Option("table_size", Help = "L1/L2 table size (in clusters)")] public ulong? TableSize { get; init; }
}
