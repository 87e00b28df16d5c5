using System;
using BlockGen;

namespace Acme.Disks;

/// <summary>The header of a tiny tree image.</summary>
[DiskStruct(ByteOrder.Little, Size = 512)]
public readonly partial record struct TinyTreeHeader
{
    /// <summary>Identifies the file.</summary>
    [Magic("TTREE\0\0\0")]
    public ulong Magic { get; init; }

    /// <summary>Bytes in one cluster, and in one table.</summary>
    [PowerOfTwo(Min = 1024, Max = 1 << 20)]
    public uint ClusterBytes { get; init; }

    /// <summary>What the image is like.</summary>
    [FeatureBits(UnknownBits.RefuseToOpen)]
    public TinyTreeFlags Flags { get; init; }

    /// <summary>Where the root table starts.</summary>
    [AlignedTo(nameof(ClusterBytes)), AtLeast(nameof(ClusterBytes))]
    public HostOffset RootOffset { get; init; }

    /// <summary>Bytes the guest sees.</summary>
    [AtMost(nameof(MostDiskBytes))]
    public ulong DiskBytes { get; init; }

    /// <summary>Where the backing file's name starts.</summary>
    public uint NameOffset { get; init; }

    /// <summary>Bytes in the backing file's name.</summary>
    public uint NameBytes { get; init; }

    private UInt128 MostDiskBytes => UInt128.Min((UInt128)EntryCount * EntryCount * ClusterBytes, long.MaxValue);

    private ulong EntryCount => ClusterBytes / sizeof(ulong);
}

/// <summary>What a tiny tree image is like.</summary>
[Flags]
public enum TinyTreeFlags : uint
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>It was not closed.</summary>
    Open = 1,

    /// <summary>The backing file is raw.</summary>
    BackingIsRaw = 2,
}

/// <summary>A root table, leaf tables on demand, and a backing file.</summary>
[ImageFormat("tinytree", Header = typeof(TinyTreeHeader))]
[Lookup<TinyTreeRootEntry, TinyTreeLeafEntry>(Root = nameof(TinyTreeHeader.RootOffset))]
[DirtyMark(nameof(TinyTreeHeader.Flags), TinyTreeFlags.Open)]
public sealed partial class TinyTree
{
    [GuestSize] private ulong GuestSize => Header.DiskBytes;

    [ClusterSize] private uint ClusterSize => Header.ClusterBytes;

    [TableBytes] private uint TableBytes => Header.ClusterBytes;

    [DataStart] private HostOffset DataStart => Header.RootOffset + Header.ClusterBytes;

    [BackingName] private HostRange BackingName => new(Header.NameOffset, Header.NameBytes);

    [BackingFormat] private string? BackingFormat => Header.Flags.HasFlag(TinyTreeFlags.BackingIsRaw) ? "raw" : null;

    [BackingNameSpace] private HostRange NameSpace =>
        new((ulong)TinyTreeHeader.Size, Header.ClusterBytes - (ulong)TinyTreeHeader.Size);

    [BackingLink] private TinyTreeHeader WithBacking(BackingLink? link, HostRange name) => Header with
    {
        Flags = (Header.Flags & ~TinyTreeFlags.BackingIsRaw)
            | (link?.Format == "raw" ? TinyTreeFlags.BackingIsRaw : TinyTreeFlags.None),
        NameOffset = (uint)name.Start.Value,
        NameBytes = (uint)name.Length,
    };

    [Resize] private TinyTreeHeader WithSize(ulong bytes) => Header with { DiskBytes = bytes };

    [Create] private static TinyTreeHeader NewHeader(TinyTreeOptions options) => new()
    {
        Magic = TinyTreeHeader.MagicValue,
        ClusterBytes = options.ClusterBytes,
        RootOffset = new HostOffset(options.ClusterBytes),
        DiskBytes = options.Size,
    };
}

/// <summary>One slot of the root table.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct TinyTreeRootEntry(ulong Raw);

/// <summary>One slot of a leaf table.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Zero, Equal = 1)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct TinyTreeLeafEntry(ulong Raw);

/// <summary>What a new tiny tree image is like.</summary>
[CreateOptions]
public sealed partial record TinyTreeOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size")] public ulong Size { get; init; }

    /// <summary>Bytes in one cluster.</summary>
    [Option("cluster_size")] public uint ClusterBytes { get; init; } = 4096;
}
