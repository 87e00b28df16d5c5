namespace BlockGen.Generators.Tests.Images;

[DiskStruct(ByteOrder.Big, Size = 4096)]
public readonly partial record struct GrainHeader
{
    [Magic("GRAIN")]
    [FixedText(5)]
    public string Magic { get; init; }

    [ReservedBefore(3), FeatureBits(UnknownBits.RefuseToOpen)]
    public GrainFlags Flags { get; init; }

    [PowerOfTwo(Min = 512, Max = 1 << 20)]
    public uint GrainBytes { get; init; }

    [PowerOfTwo(Min = 512, Max = 1 << 16)]
    public uint TableBytes { get; init; }

    public ulong DiskBytes { get; init; }

    public uint BackingNameBytes { get; init; }

    internal HostOffset RootOffset => new(4096);

    internal ulong UnitBase => 4096;

    internal uint UnitBytes => 512;
}

[Flags]
public enum GrainFlags
{
    None = 0,
    Dirty = int.MinValue,
    BackingIsRaw = 1,
}

/// <summary>Two levels of tables in units of 512 bytes; an empty entry of a leaf table is not zero.</summary>
[ImageFormat("grains", Header = typeof(GrainHeader), FreeSpace = FreeSpace.AfterHighestMapped)]
[Lookup<GrainDirectoryEntry, GrainTableEntry>(
    Root = nameof(GrainHeader.RootOffset), UnitBase = nameof(GrainHeader.UnitBase), UnitBytes = nameof(GrainHeader.UnitBytes))]
[DirtyMark(nameof(GrainHeader.Flags), GrainFlags.Dirty)]
public sealed partial class GrainTables
{
    private const int NameOffset = 1024;
    private const int NameRoom = 2048;

    [GuestSize] private ulong DiskBytes => Header.DiskBytes;

    [ClusterSize] private ulong GrainBytes => Header.GrainBytes;

    [TableBytes] private uint TableBytes => Header.TableBytes;

    [DataStart] private HostOffset DataStart => new(Header.RootOffset.Value + Header.TableBytes);

    [BackingName] private HostRange BackingName => new(NameOffset, Header.BackingNameBytes);

    [BackingFormat] private string? BackingFormat => Header.Flags.HasFlag(GrainFlags.BackingIsRaw) ? "raw" : null;

    [BackingNameSpace] private HostRange NameSpace => new(NameOffset, NameRoom);

    [BackingLink] private GrainHeader WithBacking(BackingLink? link, HostRange name) => Header with
    {
        Flags = link?.Format == "raw" ? Header.Flags | GrainFlags.BackingIsRaw : Header.Flags & ~GrainFlags.BackingIsRaw,
        BackingNameBytes = (uint)name.Length,
    };

    [Allocator] private HostOffset Allocate(ulong bytes) => Tail.Take(bytes);

    [Create] private static GrainHeader NewHeader(GrainOptions options) => new()
    {
        Magic = "GRAIN",
        GrainBytes = options.GrainBytes,
        TableBytes = options.TableBytes,
        DiskBytes = options.Size,
    };
}

[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct GrainDirectoryEntry(uint Raw);

[TableEntry(ByteOrder.Big, HostMask = 0x0FFF_FFFF_FFFF_FF00)]
[EntryIs(MappingKind.Unallocated, Mask = 0xFF, Equal = 0xFF)]
[EntryIs(MappingKind.Zero, Mask = 0xFF, Equal = 0x02)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct GrainTableEntry(ulong Raw);

[CreateOptions]
public sealed partial record GrainOptions
{
    [Option("size")] public ulong Size { get; init; }

    [Option("grain_size")] public uint GrainBytes { get; init; } = 1024;

    [Option("table_size")] public uint TableBytes { get; init; } = 512;

    [Option("full"), Preallocate] public bool Full { get; init; }
}
