namespace BlockGen;

public sealed partial class TableLevel<TEntry>
{
    /// <summary>
    /// Makes the level's only table longer, with empty entries, on disk and in memory. Nothing may be on its way to the
    /// disk meanwhile; entries may be read and changed.
    /// </summary>
    /// <param name="storage">Where the table is.</param>
    /// <param name="table">Its host offset.</param>
    /// <param name="entryCount">Entries it must have; fewer than it has change nothing.</param>
    /// <param name="limit">Host offset, in bytes, that it must not reach beyond.</param>
    /// <param name="cancellation">Cancels; the table is as long as before then.</param>
    /// <exception cref="ImageException">There is no room for it.</exception>
    public async ValueTask GrowAsync(
        IStorage storage, ulong table, ulong entryCount, ulong limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ulong before = TableBytes;
        UInt128 needed = (UInt128)entryCount << _entryShift;
        if (needed <= before)
        {
            return;
        }

        if (table + needed > limit)
        {
            throw new ImageException(
                $"{storage.Name}: no room for a table of {needed} bytes at offset 0x{table:x}: "
                + $"clusters begin at 0x{limit:x}");
        }

        ulong bytes = (ulong)needed;
        await WriteEmptyAsync(storage, table + before, bytes - before, readsAsZeroes: false, cancellation)
            .ConfigureAwait(false);
        ExtendLastPage(table, before, bytes);
        TableBytes = bytes;
    }

    /// <summary>Only the page that holds the end can be short.</summary>
    private void ExtendLastPage(ulong table, ulong before, ulong bytes)
    {
        ulong pageStart = before & ~(ulong)(TableCache.PageBytes - 1);
        if (pageStart != before)
        {
            ulong length = Math.Min(TableCache.PageBytes, bytes - pageStart);
            _cache.Extend(table + pageStart, (int)length, EmptyEntries(length - (before - pageStart)));
        }
    }

    private static byte[] EmptyEntries(ulong bytes)
    {
        TEntry.TryMake(MappingKind.Unallocated, 0, out TEntry empty);
        byte[] entries = new byte[bytes];
        for (int at = 0; at < entries.Length; at += TEntry.Size)
        {
            TEntry.Store(ref entries[at], empty);
        }

        return entries;
    }
}
