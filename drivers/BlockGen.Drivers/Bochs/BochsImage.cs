namespace BlockGen.Drivers.Bochs;

/// <summary>Bochs growing disk: blocks in the order they were first written, each after a map of its sectors.</summary>
[ImageFormat("bochs", Header = typeof(BochsHeader), HidesClusters = true)]
public sealed partial class BochsImage
{
    private const uint Sector = 512;

    [GuestSize] private ulong DiskBytes => Header.DiskBytes / Sector * Sector;

    [ClusterSize] private uint SectorBytes => Sector;

    private HostRange Catalog => new(Header.CatalogOffset, Header.CatalogEntryCount * (ulong)sizeof(uint));

    private uint BitmapSpace => (Header.BitmapBytes + Sector - 1) / Sector * Sector;

    private uint BlockSpace => BitmapSpace + Header.BlockBytes;

    [LookupMethod]
    private async ValueTask<Extent> FindSectorsAsync(GuestRange range, CancellationToken cancellation)
    {
        ulong inBlock = range.Start.Value % Header.BlockBytes;
        range = range.Take(Header.BlockBytes - inBlock);
        BochsCatalogEntry entry = await ReadEntryAsync<BochsCatalogEntry>(
            Catalog, range.Start.Value / Header.BlockBytes, cancellation).ConfigureAwait(false);
        if (entry.Kind is MappingKind.Unallocated)
        {
            return Extent.Unallocated(range);
        }

        HostOffset bitmap = new HostOffset(Catalog.End) + entry.Raw * (ulong)BlockSpace;
        ulong sector = inBlock / Sector;
        BitRun run = await ReadBitRunAsync(bitmap, sector, Header.BlockBytes / Sector, cancellation)
            .ConfigureAwait(false);
        range = range.Take((sector + run.Count) * Sector - inBlock);
        return run.IsSet ? Extent.Data(range, bitmap + BitmapSpace + inBlock) : Extent.Unallocated(range);
    }
}

/// <summary>One entry of the catalog: a block's place in the order of the blocks, or none yet.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = uint.MaxValue)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct BochsCatalogEntry(uint Raw);
