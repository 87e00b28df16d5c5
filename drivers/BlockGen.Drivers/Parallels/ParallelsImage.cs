namespace BlockGen.Drivers.Parallels;

/// <summary>Parallels expandable image: one allocation table, clusters in the order of their allocation.</summary>
[ImageFormat(
    "parallels",
    Header = typeof(ParallelsHeader),
    FreeSpace = FreeSpace.AfterHighestMapped,
    HidesClusters = true,
    TellsImageEnd = true,
    UnallocatedIsNowhere = true)]
[Lookup<ParallelsEntry>(
    Root = nameof(ParallelsHeader.TableOffset),
    UnitBytes = nameof(ParallelsHeader.EntryUnit),
    AlignedFrom = nameof(ParallelsHeader.DataOffset),
    AlignedTo = nameof(ParallelsHeader.Alignment))]
[WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf)]
[DirtyMark(nameof(ParallelsHeader.InUse), ParallelsUse.Open, Clean = ParallelsUse.Closed)]
public sealed partial class ParallelsImage
{
    private const uint Sector = ParallelsHeader.Sector;

    [GuestSize] private ulong GuestSize => Header.GuestBytes;

    [ClusterSize] private uint ClusterSize => Header.ClusterBytes;

    [TableBytes] private ulong TableBytes => Header.TableBytes;

    // Its bitmaps would not follow what is written here.
    [WriteObstacle] private string? WriteObstacle => Header.ExtensionSector == 0
        ? null
        : $"has a format extension, at sector {Header.ExtensionSector}, that would not be kept up";

    [Create] private static ParallelsHeader NewHeader(ParallelsCreateOptions options)
    {
        ulong sectors = CountOf(options.Size, Sector);
        ulong tracks = CountOf(options.ClusterSize, Sector);
        if (!ulong.IsPow2(tracks) || tracks > ParallelsHeader.MaxTracks)
        {
            throw new ImageException(
                $"cluster_size = {options.ClusterSize} is not a power of two "
                + $"from {Sector} to {ParallelsHeader.MaxTracks * Sector}");
        }

        ulong entries = CountOf(sectors, tracks);
        if (entries > ParallelsHeader.MaxEntries)
        {
            throw new ImageException($"size = {options.Size} is too large for clusters of {tracks * Sector} bytes");
        }

        ulong tableClusters = CountOf((ulong)ParallelsHeader.Size + entries * sizeof(uint), tracks * Sector);
        return new ParallelsHeader
        {
            Magic = ParallelsHeader.ClusterMagic,
            Version = 2,
            Heads = 16,
            Cylinders = (uint)(options.Size / Sector / 512),
            Tracks = (uint)tracks,
            EntryCount = (uint)entries,
            SectorCount = sectors,
            DataSector = (uint)(tableClusters * tracks),
        };
    }

    private static ulong CountOf(ulong bytes, ulong unit) => bytes / unit + (bytes % unit == 0 ? 0UL : 1UL);
}

/// <summary>One slot of the block allocation table: a cluster, or nothing yet.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct ParallelsEntry(uint Raw);

/// <summary>What a new Parallels image is like.</summary>
[CreateOptions]
public sealed partial record ParallelsCreateOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }

    /// <summary>Bytes in one cluster; rounded up to a sector.</summary>
    [Option("cluster_size", Help = "Parallels image cluster size")] public uint ClusterSize { get; init; } = 1 << 20;
}
