namespace BlockGen;

public sealed partial class TableLevel<TEntry>
{
    private const int FillBytes = 1 << 20;

    /// <summary>
    /// Told of every entry that names host space and is replaced; called under the cache's lock. Set once, before use.
    /// </summary>
    public ReplacedEntry? Replaced { get; set; }

    /// <summary>Whether a new table is right when it is all zero bytes.</summary>
    private static bool EmptyIsZero =>
        TEntry.TryMake(MappingKind.Unallocated, 0, out TEntry empty) && empty.Bits == 0;

    /// <summary>Whether an entry of that kind exists in the format.</summary>
    public static bool CanBe(MappingKind kind) => TEntry.TryMake(kind, 0, out _);

    /// <summary>
    /// Sets entries in memory; the disk follows in the declared order. Clusters of data are consecutive from
    /// <paramref name="host"/> on.
    /// </summary>
    public async ValueTask SetAsync(
        ulong table, ulong entryIndex, ulong count, MappingKind kind, HostOffset host, CancellationToken cancellation)
    {
        ulong perPage = TableCache.PageBytes / (ulong)TEntry.Size;
        while (count > 0)
        {
            ulong inPage = Math.Min(count, perPage - entryIndex % perPage);
            bool changed = false;
            while (!changed)
            {
                (TablePage page, int offset) = await GetPageAsync(table, entryIndex, cancellation).ConfigureAwait(false);
                int end = offset + (int)(inPage << _entryShift);
                changed = _cache.TryChange(page, offset, end, (this, offset, end, kind, host.Value), Set);
            }

            entryIndex += inPage;
            count -= inPage;
            host = kind is MappingKind.Data ? host + inPage * _stride : host;
        }
    }

    /// <summary>Sets one entry in memory; the disk follows in the declared order.</summary>
    public async ValueTask SetEntryAsync(ulong table, ulong entryIndex, TEntry entry, CancellationToken cancellation)
    {
        bool changed = false;
        while (!changed)
        {
            (TablePage page, int offset) = await GetPageAsync(table, entryIndex, cancellation).ConfigureAwait(false);
            changed = _cache.TryChange(
                page, offset, offset + TEntry.Size, (this, offset, entry), static (page, change) =>
                    change.Item1.Replace(page, change.offset, change.entry));
        }
    }

    /// <summary>
    /// Writes a whole empty table straight to the storage. Nothing points at it yet, so it needs no order; where the
    /// storage reads as zeroes there already and an empty entry is zero, nothing is written.
    /// </summary>
    public ValueTask WriteEmptyAsync(
        IStorage storage, ulong table, bool readsAsZeroes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        return WriteEmptyAsync(storage, table, TableBytes, readsAsZeroes, cancellation);
    }

    private static async ValueTask WriteEmptyAsync(
        IStorage storage, ulong host, ulong bytes, bool readsAsZeroes, CancellationToken cancellation)
    {
        if (EmptyIsZero)
        {
            if (!readsAsZeroes)
            {
                HostRange range = new(host, bytes);
                await storage.WriteZeroesAsync(range, ZeroMode.KeepAllocated, cancellation).ConfigureAwait(false);
            }

            return;
        }

        byte[] pattern = EmptyEntries(Math.Min(bytes, FillBytes));
        for (ulong done = 0; done < bytes; done += (ulong)pattern.Length)
        {
            Memory<byte> piece = pattern.AsMemory(0, (int)Math.Min((ulong)pattern.Length, bytes - done));
            await storage.WriteAsync(new HostOffset(host + done), piece, cancellation).ConfigureAwait(false);
        }
    }

    private static void Set(
        TablePage page, (TableLevel<TEntry> Level, int Start, int End, MappingKind Kind, ulong Host) change)
    {
        ulong host = change.Host;
        for (int at = change.Start; at < change.End; at += TEntry.Size)
        {
            ulong units = change.Kind is MappingKind.Data or MappingKind.Table ? change.Level._units.FromHost(host) : 0;
            if (!TEntry.TryMake(change.Kind, units, out TEntry entry))
            {
                throw new NotSupportedException($"{typeof(TEntry).Name} has no entry for {change.Kind}");
            }

            change.Level.Replace(page, at, entry);
            host += change.Level._stride;
        }
    }

    private void Replace(TablePage page, int at, TEntry entry)
    {
        if (Replaced is { } replaced)
        {
            TEntry old = TEntry.Load(ref page[at]);
            if (HasPlace(old, old.Kind))
            {
                replaced(old.Kind, HostOf(old), old.Bits);
            }
        }

        TEntry.Store(ref page[at], entry);
    }
}

/// <summary>An entry that names host space is being replaced.</summary>
/// <param name="kind">What it was.</param>
/// <param name="host">The host offset that it named, in bytes.</param>
/// <param name="bits">The entry as a number.</param>
public delegate void ReplacedEntry(MappingKind kind, ulong host, ulong bits);
