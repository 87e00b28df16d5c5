namespace BlockGen.Drivers.Parallels;

/// <summary>The first 64 bytes of a Parallels image. Specification: QEMU, docs/interop/parallels, "Header".</summary>
[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct ParallelsHeader
{
    /// <summary>The magic of images whose entries count sectors.</summary>
    internal const string SectorMagic = "WithoutFreeSpace";

    /// <summary>The magic of images whose entries count clusters.</summary>
    internal const string ClusterMagic = "WithouFreSpacExt";

    /// <summary>Bytes in one sector.</summary>
    internal const uint Sector = 512;

    /// <summary>Sectors of the largest cluster that QEMU opens.</summary>
    internal const uint MaxTracks = 1 << 21;

    /// <summary>Entries of the largest table that QEMU opens.</summary>
    internal const uint MaxEntries = int.MaxValue / sizeof(uint);

    /// <summary>Identifies the file, and says what its entries count.</summary>
    [FixedText(16), Magic(SectorMagic), Magic(ClusterMagic)]
    public string Magic { get; init; }

    /// <summary>Version of the format.</summary>
    [OneOf(2)]
    public uint Version { get; init; }

    /// <summary>Heads of an old disk geometry.</summary>
    public uint Heads { get; init; }

    /// <summary>Cylinders of an old disk geometry.</summary>
    public uint Cylinders { get; init; }

    /// <summary>Sectors in one cluster.</summary>
    [PowerOfTwo(Max = MaxTracks)]
    public uint Tracks { get; init; }

    /// <summary>Entries of the block allocation table.</summary>
    [InRange(Max = MaxEntries)]
    public uint EntryCount { get; init; }

    /// <summary>Sectors the guest sees; only the low half counts where entries count sectors.</summary>
    [InRange(Max = long.MaxValue / Sector)]
    public ulong SectorCount { get; init; }

    /// <summary>Whether the image was closed.</summary>
    [OneOf(0, 0x746F6E59, 0x312E3276)]
    public ParallelsUse InUse { get; init; }

    /// <summary>Sector where clusters begin; zero in old images that have them right after the table.</summary>
    [AtLeast(nameof(LeastDataSector)), AlignedTo(nameof(DataSectorUnit))]
    public uint DataSector { get; init; }

    /// <summary>Bit 0: the image is empty. Some writers leave it set for good, so only the table is believed.</summary>
    [FeatureBits(UnknownBits.Clear)]
    public uint Flags { get; init; }

    /// <summary>Sector of the format extension, which has dirty bitmaps; zero without one.</summary>
    public ulong ExtensionSector { get; init; }

    internal uint ClusterBytes => Tracks * Sector;

    internal ulong TableOffset => (ulong)Size;

    internal ulong TableBytes => EntryCount * (ulong)sizeof(uint);

    internal ulong DataOffset => (DataSector == 0 ? SectorAfterTable : DataSector) * (ulong)Sector;

    // Where DataSector is zero, QEMU 7.2 puts its first cluster far behind the table, off the grid that starts there.
    internal uint Alignment => DataSector == 0 ? Sector : ClusterBytes;

    internal ulong GuestBytes => (CountsClusters ? SectorCount : SectorCount & uint.MaxValue) * Sector;

    internal uint EntryUnit => CountsClusters ? ClusterBytes : Sector;

    private bool CountsClusters => Magic == ClusterMagic;

    private uint DataSectorUnit => CountsClusters ? Tracks : 1;

    private uint LeastDataSector => CountsClusters || DataSector != 0 ? SectorAfterTable : 0;

    private uint SectorAfterTable => (uint)((TableOffset + TableBytes + Sector - 1) / Sector);
}

/// <summary>Whether an image was closed.</summary>
public enum ParallelsUse : uint
{
    /// <summary>It was, by software that knows no format extension.</summary>
    ClosedByOldSoftware = 0,

    /// <summary>It was not.</summary>
    Open = 0x746F6E59,

    /// <summary>It was.</summary>
    Closed = 0x312E3276,
}
