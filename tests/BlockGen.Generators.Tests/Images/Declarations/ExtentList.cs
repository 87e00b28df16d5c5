namespace BlockGen.Generators.Tests.Images;

[DiskStruct(ByteOrder.Little)]
public readonly partial record struct ExtentListHeader
{
    [Magic("XTNT")]
    public uint Magic { get; init; }

    public uint SectorCount { get; init; }

    [FixedCount(8)]
    public DiskArray<ExtentRecord> Extents { get; init; }
}

[DiskStruct(ByteOrder.Little, Size = 12)]
public readonly partial record struct ExtentRecord
{
    public uint FirstSector { get; init; }

    public uint SectorCount { get; init; }

    public uint HostSector { get; init; }
}

/// <summary>Sorted runs of sectors in the header; host sector 0 is a run of zeroes.</summary>
[ImageFormat("extents", Header = typeof(ExtentListHeader))]
public sealed partial class ExtentList
{
    private const uint SectorBytes = 512;

    [GuestSize] private ulong DiskBytes => Header.SectorCount * (ulong)SectorBytes;

    [ClusterSize] private uint ClusterSize => SectorBytes;

    [LookupMethod]
    private ValueTask<Extent> FindAsync(GuestRange range, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ulong end = DiskBytes;
        foreach (ExtentRecord record in Header.Extents)
        {
            ulong first = record.FirstSector * (ulong)SectorBytes;
            ulong last = first + record.SectorCount * (ulong)SectorBytes;
            if (range.Start.Value >= first && range.Start.Value < last)
            {
                GuestRange found = range.Take(last - range.Start.Value);
                ulong host = record.HostSector * (ulong)SectorBytes + (range.Start.Value - first);
                return ValueTask.FromResult(
                    record.HostSector == 0 ? Extent.Zero(found) : Extent.Data(found, new HostOffset(host)));
            }

            end = first > range.Start.Value ? Math.Min(end, first) : end;
        }

        return ValueTask.FromResult(Extent.Unallocated(range.Take(end - range.Start.Value)));
    }
}
