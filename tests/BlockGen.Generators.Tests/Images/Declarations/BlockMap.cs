namespace BlockGen.Generators.Tests.Images;

[DiskStruct(ByteOrder.Big, Size = 512)]
public readonly partial record struct BlockMapHeader
{
    [Magic("BMAP")]
    public uint Magic { get; init; }

    [PowerOfTwo(Min = 512, Max = 1 << 20)]
    public uint BlockBytes { get; init; }

    public ulong DiskBytes { get; init; }

    [MultipleOf(512), InRange(Min = 512)]
    public HostOffset MapOffset { get; init; }

    public uint BlocksInUse { get; init; }
}

/// <summary>One table of byte offsets under flags; the header counts the blocks, and space is taken at the end.</summary>
[ImageFormat("blockmap", Header = typeof(BlockMapHeader))]
[Lookup<BlockMapEntry>(Root = nameof(BlockMapHeader.MapOffset))]
public sealed partial class BlockMap
{
    [GuestSize] private ulong DiskBytes => Header.DiskBytes;

    [ClusterSize] private uint BlockBytes => Header.BlockBytes;

    [DataStart] private HostOffset DataStart => new((Header.MapOffset.Value + MapBytes + BlockBytes - 1) & ~(BlockBytes - 1UL));

    private ulong MapBytes => (DiskBytes + BlockBytes - 1) / BlockBytes * sizeof(ulong);

    [MappedCount] private BlockMapHeader WithCount(ulong blocks) => Header with { BlocksInUse = (uint)blocks };

    [Create] private static BlockMapHeader NewHeader(BlockMapOptions options) => new()
    {
        Magic = BlockMapHeader.MagicValue,
        BlockBytes = options.BlockBytes,
        DiskBytes = options.Size,
        MapOffset = new HostOffset(512),
    };
}

[TableEntry(ByteOrder.Big, HostMask = 0x00FF_FFFF_FFFF_FFFF)]
[EntryIs(MappingKind.Data, Mask = 1UL << 63, Equal = 1UL << 63)]
[EntryIs(MappingKind.Unallocated, Otherwise = true)]
public readonly partial record struct BlockMapEntry(ulong Raw);

[CreateOptions]
public sealed partial record BlockMapOptions
{
    [Option("size")] public ulong Size { get; init; }

    [Option("block_size")] public uint BlockBytes { get; init; } = 4096;

    [Option("full"), Preallocate] public bool Full { get; init; }
}
