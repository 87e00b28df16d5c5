namespace BlockGen.Generators.Tests.Images;

[DiskStruct(ByteOrder.Little, Size = 1024)]
public readonly partial record struct SectorMapHeader
{
    [Magic(0x50414D53)]
    public uint Signature { get; init; }

    public ushort State { get; init; }

    [ReservedBefore(2), PowerOfTwo(Min = 1, Max = 2048)]
    public uint SectorsPerCluster { get; init; }

    public ulong DiskBytes { get; init; }

    public uint TableBytes { get; init; }

    [FixedText(256)]
    public string BackingName { get; init; }

    public uint BackingNameBytes { get; init; }

    internal uint SectorBytes => 512;

    internal uint TableOffset => 1024;

    internal ulong FirstCluster => (TableOffset + TableBytes + SectorBytes - 1UL) & ~(SectorBytes - 1UL);
}

/// <summary>One table of sector numbers, after VHD and Parallels; 0xFFFFFFFF is an empty entry.</summary>
[ImageFormat("sectormap", Header = typeof(SectorMapHeader))]
[Lookup<SectorMapEntry>(Root = nameof(SectorMapHeader.TableOffset), UnitBytes = nameof(SectorMapHeader.SectorBytes))]
[WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf)]
[DirtyMark(nameof(SectorMapHeader.State), 0x8000)]
public sealed partial class SectorMap
{
    private const int NameOffset = 24;
    private const uint NameRoom = 256;

    [GuestSize] private ulong DiskBytes => Header.DiskBytes;

    [ClusterSize] private uint ClusterSize => Header.SectorsPerCluster * Header.SectorBytes;

    [TableBytes] private uint MapBytes => Header.TableBytes;

    [DataStart] private HostOffset DataStart => new(Header.FirstCluster);

    [BackingName] private HostRange BackingName => new(NameOffset, Header.BackingNameBytes);

    [BackingNameSpace] private HostRange NameSpace => new(NameOffset, NameRoom);

    [BackingLink] private SectorMapHeader WithBacking(BackingLink? link, HostRange name) =>
        Header with { BackingName = link?.Name ?? "", BackingNameBytes = (uint)name.Length };

    [Create] private static SectorMapHeader NewHeader(SectorMapOptions options) => new()
    {
        Signature = SectorMapHeader.SignatureValue,
        SectorsPerCluster = options.ClusterSize / 512,
        DiskBytes = options.Size,
        TableBytes = (uint)((options.Size + options.ClusterSize - 1) / options.ClusterSize * sizeof(uint)),
        BackingName = "",
    };
}

[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Unallocated, Equal = 0xFFFFFFFF)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct SectorMapEntry(uint Raw);

[CreateOptions]
public sealed partial record SectorMapOptions
{
    [Option("size")] public ulong Size { get; init; }

    [Option("cluster_size")] public uint ClusterSize { get; init; } = 2048;
}
