using System.Numerics;

namespace BlockGen;

public abstract partial class MappedImage
{
    private readonly SemaphoreSlim _tableGrowth = new(1, 1);
    private TablePlace _firstTable = new(HostOffset.None.Value, 0); // nothing else may lie there; replaced whole

    /// <summary>
    /// Checks that the table which the header points at lies inside the storage; no entry may point into it afterwards.
    /// </summary>
    /// <exception cref="ImageException">It does not.</exception>
    protected void CheckFirstTable(ulong table, ulong tableBytes)
    {
        if (table > Storage.Length || tableBytes > Storage.Length - table)
        {
            throw new ImageException(
                $"{Storage.Name}: the table of {tableBytes} bytes at offset 0x{table:x} "
                + $"is not inside the file of {Storage.Length} bytes");
        }

        _firstTable = new TablePlace(table, tableBytes);
    }

    /// <summary>Lets lookups begin at another root table from now on; no shorter than the one before, while others read.</summary>
    /// <exception cref="ImageException">It does not lie inside the storage.</exception>
    protected virtual void MoveFirstTable(HostRange place) =>
        throw new NotSupportedException($"{Storage.Name}: the first table cannot move");

    /// <summary>Checks that a root table and its leaf tables have an entry for every cluster of the guest's disk.</summary>
    /// <param name="rootEntryCount">Entries of the root table.</param>
    /// <param name="leafEntryCount">Entries of each leaf table; a power of two.</param>
    /// <exception cref="ImageException">They have not.</exception>
    protected void CheckCoverage(ulong rootEntryCount, ulong leafEntryCount)
    {
        if (!BitOperations.IsPow2(leafEntryCount))
        {
            throw new ImageException($"{Storage.Name}: tables of {leafEntryCount} entries: the number must be a power of two");
        }

        CheckCoverage((UInt128)rootEntryCount * leafEntryCount);
    }

    /// <summary>Checks that so many entries are enough for the clusters of the guest's disk.</summary>
    /// <exception cref="ImageException">They are not.</exception>
    protected void CheckCoverage(UInt128 entryCount) => CheckCoverage(entryCount, Length);

    private void CheckCoverage(UInt128 entryCount, ulong length)
    {
        ulong clusterCount = Geometry.ToClusters(length);
        if (entryCount < clusterCount)
        {
            throw new ImageException(
                $"{Storage.Name}: the tables map {entryCount} clusters, a disk of {length} bytes has {clusterCount}");
        }
    }

    // Shifts and masks stand for divisions everywhere.
    private ImageGeometry Checked(ImageGeometry geometry) =>
        BitOperations.IsPow2(geometry.ClusterBytes) && BitOperations.IsPow2(geometry.Alignment)
            ? geometry
            : throw new ImageException(
                $"{Storage.Name}: clusters of {geometry.ClusterBytes} bytes at multiples of {geometry.Alignment}: both must be powers of two");

    /// <summary>Shows the table that the header points at; false when it cannot be read.</summary>
    protected static bool VisitFirstTable(MappingVisitor visitor, ulong table, ulong tableBytes)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Table("first table", 0, HostOffset.None.Value, table, tableBytes);
    }

    /// <summary>
    /// The leaf table that a root entry points at; a new, empty one when it points at none. The entry is in memory then
    /// and reaches the disk in the declared order.
    /// </summary>
    protected async ValueTask<ulong> GetOrAddLeafTableAsync<TRoot, TLeaf>(
        TableLevel<TRoot> rootLevel, TableLevel<TLeaf> leafLevel, ulong rootTable, ulong rootIndex,
        CancellationToken cancellation)
        where TRoot : struct, ITableEntry<TRoot>
        where TLeaf : struct, ITableEntry<TLeaf>
    {
        ArgumentNullException.ThrowIfNull(rootLevel);
        ArgumentNullException.ThrowIfNull(leafLevel);
        TRoot entry = await rootLevel.LoadAsync(rootTable, rootIndex, cancellation).ConfigureAwait(false);
        if (entry.Kind is MappingKind.Table && !entry.IsShared)
        {
            return CheckedTable(rootLevel, leafLevel, entry, rootTable, rootIndex);
        }

        await EnsureTailAsync(cancellation).ConfigureAwait(false);
        await _tableGrowth.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Another request may have added it while this one waited.
            entry = await rootLevel.LoadAsync(rootTable, rootIndex, cancellation).ConfigureAwait(false);
            ulong? old = entry.Kind is MappingKind.Table
                ? CheckedTable(rootLevel, leafLevel, entry, rootTable, rootIndex)
                : null;
            if (old is { } own && !entry.IsShared)
            {
                return own;
            }

            HostOffset table = TakeSpace(leafLevel.TableBytes);
            await FillTableAsync(leafLevel, table, old, cancellation).ConfigureAwait(false);
            await rootLevel.SetAsync(rootTable, rootIndex, 1, MappingKind.Table, table, cancellation).ConfigureAwait(false);
            if (old is { } shared)
            {
                Counts?.GiveBack(new HostRange(shared, leafLevel.TableBytes));
            }

            return table.Value;
        }
        finally
        {
            _tableGrowth.Release();
        }
    }

    /// <summary>Fills a new table: empty, or with what a table says that is another one's too, and never changed.</summary>
    private async ValueTask FillTableAsync<TLeaf>(
        TableLevel<TLeaf> leafLevel, HostOffset table, ulong? shared, CancellationToken cancellation)
        where TLeaf : struct, ITableEntry<TLeaf>
    {
        if (shared is { } from)
        {
            await CopyInsideAsync(from, table.Value, leafLevel.TableBytes, cancellation).ConfigureAwait(false);
        }
        else
        {
            await leafLevel.WriteEmptyAsync(Storage, table.Value, Tail.IsFresh(table), cancellation).ConfigureAwait(false);
        }

        await GrowToAsync(table, leafLevel.TableBytes, cancellation).ConfigureAwait(false);
    }

    private ulong CheckedTable<TRoot, TLeaf>(
        TableLevel<TRoot> rootLevel, TableLevel<TLeaf> leafLevel, TRoot entry, ulong rootTable, ulong rootIndex)
        where TRoot : struct, ITableEntry<TRoot>
        where TLeaf : struct, ITableEntry<TLeaf>
    {
        ulong table = rootLevel.HostOf(entry);
        return IsTable(table, leafLevel.TableBytes)
            ? table
            : throw EntryFault(typeof(TRoot).Name, rootTable, rootIndex, TRoot.Size, table);
    }
}

/// <summary>Where a table is; readers without a lock get all of it or nothing.</summary>
internal sealed record TablePlace(ulong Start, ulong Length)
{
    /// <summary>The first byte after it.</summary>
    public ulong End => Start + Length;
}
