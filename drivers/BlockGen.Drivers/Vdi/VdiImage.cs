namespace BlockGen.Drivers.Vdi;

/// <summary>VirtualBox Disk Image: one block map, blocks in the order of their allocation.</summary>
[ImageFormat("vdi", Header = typeof(VdiHeader), FreeSpace = FreeSpace.AfterHighestMapped)]
[Lookup<VdiMapEntry>(
    Root = nameof(VdiHeader.BlockMapOffset), UnitBase = nameof(VdiHeader.DataOffset), UnitBytes = nameof(VdiHeader.BlockSize))]
[WriteOrder(Step.Data, Step.Header, Step.Flush, Step.Leaf)]
public sealed partial class VdiImage
{
    private const uint BlockSize = 1 << 20;
    private const uint Sector = 512;

    private static ulong BlocksFor(ulong bytes, uint blockBytes) =>
        bytes / blockBytes + (bytes % blockBytes == 0 ? 0UL : 1UL);

    [GuestSize] private ulong GuestSize => Header.DiskSize;

    [ClusterSize] private uint ClusterSize => Header.BlockSize;

    [MappedCount] private VdiHeader WithCount(ulong blocks) =>
        Header with { BlocksAllocated = (uint)Math.Min(blocks, Header.BlocksInImage) };

    // Blocks that a longer disk gains have no space, so that a static image is none any more.
    [Resize] private VdiHeader WithSize(ulong bytes) => Header with
    {
        DiskSize = bytes,
        BlocksInImage = Math.Max(Header.BlocksInImage, (uint)Math.Min(BlocksFor(bytes, ClusterSize), uint.MaxValue)),
        ImageType = VdiImageType.Dynamic,
    };

    [Create] private static VdiHeader NewHeader(VdiCreateOptions options)
    {
        ulong size = options.Size / Sector * Sector + (options.Size % Sector == 0 ? 0UL : Sector);
        ulong blocks = BlocksFor(size, BlockSize);
        if (blocks > (uint.MaxValue - 2 * Sector) / sizeof(uint))
        {
            throw new ImageException($"size = {options.Size} is more than the block map of a VDI image can hold");
        }

        uint mapBytes = ((uint)blocks * sizeof(uint) + Sector - 1) / Sector * Sector;
        return new VdiHeader
        {
            Text = "<<< Oracle VM VirtualBox Disk Image >>>\n",
            Signature = VdiHeader.SignatureValue,
            Version = 0x00010001,
            HeaderSize = 384,
            ImageType = options.Static ? VdiImageType.Static : VdiImageType.Dynamic,
            Description = "",
            BlockMapOffset = Sector,
            DataOffset = Sector + mapBytes,
            SectorSize = Sector,
            DiskSize = size,
            BlockSize = BlockSize,
            BlocksInImage = (uint)blocks,
            ImageId = Guid.NewGuid(),
            SnapshotId = Guid.NewGuid(),
        };
    }
}

/// <summary>One slot of the block map: a block's index, a block of zeroes, or nothing yet.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0xffffffff)]
[EntryIs(MappingKind.Zero, Equal = 0xfffffffe)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct VdiMapEntry(uint Raw);

/// <summary>What a new VDI image is like.</summary>
[CreateOptions]
public sealed partial record VdiCreateOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }

    /// <summary>Every block gets its space at creation.</summary>
    [Option("static", Help = "VDI static (pre-allocated) image"), Preallocate] public bool Static { get; init; }
}
