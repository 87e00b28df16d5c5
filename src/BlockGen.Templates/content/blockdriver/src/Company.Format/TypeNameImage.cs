using BlockGen;

namespace Company.Format;

/// <summary>A root table, leaf tables on demand, clusters appended at the end, and a backing file.</summary>
[ImageFormat("formatname", Header = typeof(TypeNameHeader))]
[Lookup<TypeNameRootEntry, TypeNameLeafEntry>(Root = nameof(TypeNameHeader.RootOffset))]
[WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]
[DirtyMark(nameof(TypeNameHeader.Flags), TypeNameFlags.Open)]
public sealed partial class TypeNameImage
{
    [GuestSize] private ulong GuestSize => Header.DiskBytes;

    [ClusterSize] private uint ClusterSize => Header.ClusterBytes;

    [TableBytes] private uint TableBytes => Header.ClusterBytes;

    [DataStart] private HostOffset DataStart => Header.RootOffset + Header.ClusterBytes;

    [BackingName] private HostRange BackingName => new(Header.NameOffset, Header.NameBytes);

    [BackingFormat] private string? BackingFormat => Header.Flags.HasFlag(TypeNameFlags.BackingIsRaw) ? "raw" : null;

    [BackingNameSpace] private HostRange NameSpace =>
        new((ulong)TypeNameHeader.Size, Header.ClusterBytes - (ulong)TypeNameHeader.Size);

    [BackingLink] private TypeNameHeader WithBacking(BackingLink? link, HostRange name) => Header with
    {
        Flags = (Header.Flags & ~TypeNameFlags.BackingIsRaw)
            | (link?.Format == "raw" ? TypeNameFlags.BackingIsRaw : TypeNameFlags.None),
        NameOffset = (uint)name.Start.Value,
        NameBytes = (uint)name.Length,
    };

    [Resize] private TypeNameHeader WithSize(ulong bytes) => Header with { DiskBytes = bytes };

    [Create] private static TypeNameHeader NewHeader(TypeNameOptions options) => new()
    {
        Magic = TypeNameHeader.MagicValue,
        ClusterBytes = options.ClusterBytes,
        RootOffset = new HostOffset(options.ClusterBytes),
        DiskBytes = options.Size,
    };
}

/// <summary>One slot of the root table: a leaf table, or nothing yet.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct TypeNameRootEntry(ulong Raw);

/// <summary>One slot of a leaf table: a cluster of data, a cluster of zeroes, or nothing yet.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Zero, Equal = 1)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct TypeNameLeafEntry(ulong Raw);

/// <summary>What a new image is like.</summary>
[CreateOptions]
public sealed partial record TypeNameOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }

    /// <summary>Bytes in one cluster.</summary>
    [Option("cluster_size", Help = "Cluster size (in bytes)")] public uint ClusterBytes { get; init; } = 65536;
}
