using System.Numerics;

namespace BlockGen.Drivers.Qcow;

/// <summary>QEMU copy-on-write, version 1: two levels of tables, clusters appended at the end, compressed clusters.</summary>
[ImageFormat("qcow", Header = typeof(QcowHeader), OpenOptions = typeof(QcowKey))]
[Lookup<QcowL1Entry, QcowL2Entry>(Root = nameof(QcowHeader.L1TableOffset))]
[WriteOrder(Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]
public sealed partial class QcowImage
{
    private const ulong UsualClusterBytes = 4096;

    [GuestSize] private ulong GuestSize => Header.DiskSize;

    [ClusterSize] private ulong ClusterSize => Header.ClusterBytes;

    [TableBytes] private ulong TableBytes => (1UL << Header.L2Bits) * sizeof(ulong);

    [RootTableBytes] private ulong L1TableBytes => Header.L1EntryCount * sizeof(ulong);

    // The L1 table follows the header; what else is in its first cluster belongs to both.
    [DataStart] private HostOffset DataStart => new(Header.L1TableOffset.Value / ClusterSize * ClusterSize);

    [BackingName] private HostRange BackingName => Header.BackingNameOffset == 0
        ? default
        : new HostRange(Header.BackingNameOffset, Header.BackingNameSize);

    [BackingNameSpace] private HostRange BackingNameSpace => new(
        (ulong)QcowHeader.Size, Header.L1TableOffset.Value - Math.Min(Header.L1TableOffset.Value, (ulong)QcowHeader.Size));

    [BackingLink] private QcowHeader WithBacking(BackingLink? link, HostRange name) => Header with
    {
        BackingNameOffset = link is null ? 0 : name.Start.Value,
        BackingNameSize = (uint)name.Length,
    };

    [Compressed] private CompressedUnit Compressed(ulong entryBits, GuestRange cluster) =>
        new(cluster, new QcowL2Entry(entryBits).Stored(Header.ClusterBits), Decompressors.Deflate);

    [Create] private static QcowHeader NewHeader(QcowCreateOptions options) => new()
    {
        Magic = QcowHeader.MagicValue,
        Version = 1,
        DiskSize = (options.Size + 511) & ~511UL,
        ClusterBits = (byte)BitOperations.Log2(UsualClusterBytes),
        L2Bits = (byte)BitOperations.Log2(UsualClusterBytes / sizeof(ulong)),
        L1TableOffset = new HostOffset(UsualClusterBytes),
    };
}

/// <summary>What a new qcow image is like.</summary>
[CreateOptions]
public sealed partial record QcowCreateOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }
}

/// <summary>One slot of the L1 table: where an L2 table starts, or nothing yet.</summary>
[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct QcowL1Entry(ulong Raw);

/// <summary>One slot of an L2 table: where a cluster starts, stored as it is or compressed.</summary>
[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Compressed, Mask = 1UL << 63, Equal = 1UL << 63)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct QcowL2Entry(ulong Raw)
{
    /// <summary>Where the bytes of a compressed cluster are: its length stands above its offset.</summary>
    internal HostRange Stored(int clusterBits)
    {
        int offsetBits = 63 - clusterBits;
        return new HostRange(Raw & ((1UL << offsetBits) - 1), Raw >> offsetBits & ((1UL << clusterBits) - 1));
    }
}
