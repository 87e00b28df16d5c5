using BlockGen;

namespace Acme.Disks;

/// <summary>The header of a tiny table image.</summary>
[DiskStruct(ByteOrder.Big, Size = 512)]
public readonly partial record struct TinyTableHeader
{
    /// <summary>Identifies the file.</summary>
    [Magic("TTBL")]
    public uint Magic { get; init; }

    /// <summary>Bytes in one cluster.</summary>
    [PowerOfTwo(Min = 512, Max = 1 << 20)]
    public uint ClusterBytes { get; init; }

    /// <summary>Bytes the guest sees.</summary>
    [AtMost(nameof(MostDiskBytes))]
    public ulong DiskBytes { get; init; }

    /// <summary>Clusters with space in the file.</summary>
    [AtMost(nameof(ClusterCount))]
    public uint UsedCount { get; init; }

    internal ulong TableOffset => (ulong)Size;

    internal ulong TableBytes => ClusterCount * sizeof(uint);

    internal ulong DataOffset => (TableOffset + TableBytes + ClusterBytes - 1) / ClusterBytes * ClusterBytes;

    private ulong ClusterCount => DiskBytes / ClusterBytes + (DiskBytes % ClusterBytes == 0 ? 0UL : 1UL);

    private ulong MostDiskBytes => (1UL << 24) * ClusterBytes;
}

/// <summary>One table of cluster numbers right after the header.</summary>
[ImageFormat("tinytable", Header = typeof(TinyTableHeader), FreeSpace = FreeSpace.AfterHighestMapped)]
[Lookup<TinyTableEntry>(
    Root = nameof(TinyTableHeader.TableOffset),
    UnitBase = nameof(TinyTableHeader.DataOffset),
    UnitBytes = nameof(TinyTableHeader.ClusterBytes))]
[WriteOrder(Step.Data, Step.Header, Step.Flush, Step.Leaf)]
public sealed partial class TinyTable
{
    [GuestSize] private ulong GuestSize => Header.DiskBytes;

    [ClusterSize] private uint ClusterSize => Header.ClusterBytes;

    [TableBytes] private ulong TableBytes => Header.TableBytes;

    [MappedCount] private TinyTableHeader WithCount(ulong clusters) => Header with { UsedCount = (uint)clusters };

    [Create] private static TinyTableHeader NewHeader(TinyTableOptions options) => new()
    {
        Magic = TinyTableHeader.MagicValue,
        ClusterBytes = options.ClusterBytes,
        DiskBytes = options.Size,
    };
}

/// <summary>One slot of the table.</summary>
[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Unallocated, Equal = 0xffffffff)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct TinyTableEntry(uint Raw);

/// <summary>What a new tiny table image is like.</summary>
[CreateOptions]
public sealed partial record TinyTableOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size")] public ulong Size { get; init; }

    /// <summary>Bytes in one cluster.</summary>
    [Option("cluster_size")] public uint ClusterBytes { get; init; } = 1024;
}
