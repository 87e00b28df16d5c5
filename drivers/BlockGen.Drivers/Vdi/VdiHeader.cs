namespace BlockGen.Drivers.Vdi;

/// <summary>The first 512 bytes of a VDI image, version 1.1.</summary>
[DiskStruct(ByteOrder.Little, Size = 512)]
public readonly partial record struct VdiHeader
{
    /// <summary>A line for humans that says which program made the image.</summary>
    [FixedText(64)]
    public string Text { get; init; }

    /// <summary>Identifies the file.</summary>
    [Magic(0xbeda107f)]
    public uint Signature { get; init; }

    /// <summary>Version of the format: 1.1.</summary>
    [OneOf(0x00010001)]
    public uint Version { get; init; }

    /// <summary>Bytes of the header from here on that its writer knew.</summary>
    public uint HeaderSize { get; init; }

    /// <summary>Whether blocks are added as they are needed or all were there from the start.</summary>
    [OneOf(1, 2)]
    public VdiImageType ImageType { get; init; }

    /// <summary>Flags of the creating program.</summary>
    public uint ImageFlags { get; init; }

    /// <summary>A description for humans.</summary>
    [FixedText(256)]
    public string Description { get; init; }

    /// <summary>Where the block map starts.</summary>
    [MultipleOf(512), InRange(Min = 512)]
    public uint BlockMapOffset { get; init; }

    /// <summary>Where the first block starts.</summary>
    [MultipleOf(512), AtLeast(nameof(BlockMapOffset))]
    public uint DataOffset { get; init; }

    /// <summary>Cylinders of an old disk geometry.</summary>
    public uint Cylinders { get; init; }

    /// <summary>Heads of an old disk geometry.</summary>
    public uint Heads { get; init; }

    /// <summary>Sectors of an old disk geometry.</summary>
    public uint Sectors { get; init; }

    /// <summary>Bytes in one sector.</summary>
    [OneOf(512)]
    public uint SectorSize { get; init; }

    /// <summary>Bytes the guest sees.</summary>
    [ReservedBefore(4), InRange(Max = long.MaxValue)]
    public ulong DiskSize { get; init; }

    /// <summary>Bytes in one block.</summary>
    [PowerOfTwo(Min = 4096, Max = 1 << 28)]
    public uint BlockSize { get; init; }

    /// <summary>Bytes of metadata in front of each block; nobody uses them.</summary>
    [OneOf(0)]
    public uint BlockExtraSize { get; init; }

    /// <summary>Entries of the block map.</summary>
    [AtLeast(nameof(BlocksNeeded)), AtMost(nameof(BlocksWithRoom))]
    public uint BlocksInImage { get; init; }

    /// <summary>Blocks that have space in the file.</summary>
    [AtMost(nameof(BlocksInImage))]
    public uint BlocksAllocated { get; init; }

    /// <summary>Identifies the image.</summary>
    public Guid ImageId { get; init; }

    /// <summary>Identifies the last snapshot.</summary>
    public Guid SnapshotId { get; init; }

    /// <summary>Identifies the image this one continues; none in images without a parent.</summary>
    public Guid LinkId { get; init; }

    /// <summary>Identifies the parent of a differencing image; none in others.</summary>
    public Guid ParentId { get; init; }

    private ulong BlocksNeeded => DiskSize / BlockSize + (DiskSize % BlockSize == 0 ? 0UL : 1UL);

    private ulong BlocksWithRoom => (DataOffset - BlockMapOffset) / sizeof(uint);
}

/// <summary>How blocks come into an image.</summary>
public enum VdiImageType : uint
{
    /// <summary>As they are written.</summary>
    Dynamic = 1,

    /// <summary>All at creation.</summary>
    Static = 2,
}
