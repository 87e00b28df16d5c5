namespace BlockGen.Drivers.Qcow2;

/// <summary>One slot of the L1 table: an L2 table, or nothing yet. Its unit is a sector of 512 bytes.</summary>
[TableEntry(ByteOrder.Big, HostMask = 0x00ff_ffff_ffff_fe00, UnsharedBit = 1UL << 63)]
[EntryIs(MappingKind.Unallocated, Mask = 0x00ff_ffff_ffff_fe00, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct Qcow2L1Entry(ulong Raw)
{
    internal ulong Host => Raw & 0x00ff_ffff_ffff_fe00;
}

/// <summary>
/// One slot of an L2 table. Its unit is a sector of 512 bytes. With subclusters the zero bit means nothing, and data may
/// be there in parts.
/// </summary>
[TableEntry(ByteOrder.Big, HostMask = 0x00ff_ffff_ffff_fe00, UnsharedBit = 1UL << 63)]
[EntryIs(MappingKind.Compressed, Mask = 1UL << 62, Equal = 1UL << 62)]
[EntryIs(MappingKind.Zero, Mask = 1, Equal = 1)]
[EntryIs(MappingKind.Unallocated, Mask = 0x00ff_ffff_ffff_fe00, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct Qcow2L2Entry(ulong Raw)
{
    internal ulong Host => Raw & 0x00ff_ffff_ffff_fe00;

    internal const ulong CompressedMark = 1UL << 62;

    /// <summary>Bits that say where a compressed cluster begins; those above them count its sectors.</summary>
    internal static int OffsetBits(uint clusterBits) => 62 - ((int)clusterBits - 8);

    /// <summary>Where the bytes of a compressed cluster are, in whole sectors after the first byte.</summary>
    internal HostRange Stored(uint clusterBits)
    {
        int offsetBits = OffsetBits(clusterBits);
        ulong host = Raw & ((1UL << offsetBits) - 1);
        ulong sectors = (Raw >> offsetBits & ((1UL << (62 - offsetBits)) - 1)) + 1;
        return new HostRange(host, sectors * 512 - host % 512);
    }
}

/// <summary>The second half of an extended L2 entry: of each of 32 subclusters, whether it has data or is zero.</summary>
[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct Qcow2Subclusters(ulong Raw)
{
    internal const int Count = 32;

    /// <summary>What a subcluster is; null when it cannot be both.</summary>
    internal MappingKind? KindOf(int subcluster) => (Raw >> subcluster & 1, Raw >> (subcluster + 32) & 1) switch
    {
        (0, 0) => MappingKind.Unallocated,
        (0, _) => MappingKind.Zero,
        (_, 0) => MappingKind.Data,
        _ => null,
    };
}
