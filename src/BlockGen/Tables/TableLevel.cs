using System.Numerics;
using System.Runtime.CompilerServices;

namespace BlockGen;

/// <summary>How the numbers in entries become host offsets.</summary>
/// <param name="Base">Host offset of unit 0, in bytes.</param>
/// <param name="Bytes">Bytes in one unit; not zero.</param>
public readonly record struct EntryUnits(ulong Base, ulong Bytes)
{
    /// <summary>Entries that are byte offsets.</summary>
    public static EntryUnits ByteOffsets => new(0, 1);

    /// <summary>
    /// The host offset of a unit. Wraps around for numbers that no storage can hold; the bounds check finds them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ToHost(ulong units) => unchecked(Base + units * Bytes);

    /// <summary>The unit at a host offset.</summary>
    public ulong FromHost(ulong host) => (host - Base) / Bytes;
}

/// <summary>Consecutive entries with one mapping.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Host">Host offset of the first cluster, in bytes; the others follow it.</param>
/// <param name="Count">Number of entries.</param>
public readonly record struct EntryRun(MappingKind Kind, ulong Host, ulong Count)
{
    /// <summary>The first entry as a number.</summary>
    public ulong Bits { get; init; }

    /// <summary>Whether something else may name their clusters too.</summary>
    public bool IsShared { get; init; }
}

/// <summary>The tables of one level: their entries by table and index, through the cache.</summary>
/// <typeparam name="TEntry">The entries.</typeparam>
/// <remarks>Thread-safe.</remarks>
public sealed partial class TableLevel<TEntry>
    where TEntry : struct, ITableEntry<TEntry>
{
    private readonly TableCache _cache;
    private readonly TableRole _role;
    private readonly EntryUnits _units;
    private ulong _tableBytes; // grows only; Volatile
    private readonly ulong _stride;
    private readonly int _entryShift = BitOperations.Log2((uint)TEntry.Size);

    /// <summary>A level of tables.</summary>
    /// <param name="cache">Keeps their pages.</param>
    /// <param name="role">Their part in the write order.</param>
    /// <param name="tableBytes">Bytes in one table; a multiple of the entry's size.</param>
    /// <param name="units">What the numbers in entries count.</param>
    /// <param name="stride">Host bytes from one cluster to the next when clusters are contiguous.</param>
    public TableLevel(TableCache cache, TableRole role, ulong tableBytes, EntryUnits units, ulong stride)
    {
        _cache = cache;
        _role = role;
        _units = units;
        _tableBytes = tableBytes;
        _stride = stride;
    }

    /// <summary>Bytes in one table; a level's only table may become longer.</summary>
    public ulong TableBytes
    {
        get => Volatile.Read(ref _tableBytes);
        set => Volatile.Write(ref _tableBytes, value);
    }

    /// <summary>Entries in one table.</summary>
    public ulong EntryCount => TableBytes >> _entryShift;

    /// <summary>The entry, if its page is resident.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(ulong table, ulong entryIndex, out TEntry entry)
    {
        ulong at = entryIndex << _entryShift;
        if (_cache.TryGet(table + (at & ~(ulong)(TableCache.PageBytes - 1)), out TablePage page))
        {
            entry = TEntry.Load(ref page[(int)at & (TableCache.PageBytes - 1)]);
            return true;
        }

        entry = default;
        return false;
    }

    /// <summary>
    /// The run of entries with one mapping from an index on, at most <paramref name="limit"/> and within one page.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRun(ulong table, ulong entryIndex, ulong limit, out EntryRun run)
    {
        ulong at = entryIndex << _entryShift;
        if (!_cache.TryGet(table + (at & ~(ulong)(TableCache.PageBytes - 1)), out TablePage page))
        {
            run = default;
            return false;
        }

        int offset = (int)at & (TableCache.PageBytes - 1);
        TEntry first = TEntry.Load(ref page[offset]);
        MappingKind kind = first.Kind;
        ulong host = HasPlace(first, kind) ? _units.ToHost(first.Units) : HostOffset.None.Value;
        run = (limit == 1 ? new EntryRun(kind, host, 1) : ExtendRun(page, offset, first, kind, host, limit)) with
        {
            Bits = first.Bits,
            IsShared = first.IsShared,
        };
        return true;
    }

    /// <summary>Makes the entry's page resident.</summary>
    public async ValueTask<TEntry> LoadAsync(ulong table, ulong entryIndex, CancellationToken cancellation)
    {
        (TablePage page, int offset) = await GetPageAsync(table, entryIndex, cancellation).ConfigureAwait(false);
        return TEntry.Load(ref page[offset]);
    }

    /// <summary>Host offset, in bytes, of what an entry points at.</summary>
    public ulong HostOf(TEntry entry) => _units.ToHost(entry.Units);

    private async ValueTask<(TablePage Page, int Offset)> GetPageAsync(
        ulong table, ulong entryIndex, CancellationToken cancellation)
    {
        ulong at = entryIndex << _entryShift;
        ulong pageStart = at & ~(ulong)(TableCache.PageBytes - 1);
        int length = (int)Math.Min(TableCache.PageBytes, TableBytes - pageStart);
        TablePage page = await _cache.GetAsync(table + pageStart, length, _role, cancellation).ConfigureAwait(false);
        return (page, (int)(at - pageStart));
    }

    /// <summary>Whether an entry names host space; zeroes may, where what entries named is given back.</summary>
    private bool HasPlace(TEntry entry, MappingKind kind) =>
        kind is MappingKind.Data or MappingKind.Compressed
        || (kind is MappingKind.Zero && Replaced is not null && entry.Units != 0);

    private EntryRun ExtendRun(TablePage page, int offset, TEntry first, MappingKind kind, ulong host, ulong limit)
    {
        ulong inPage = (ulong)(page.Length - offset) >> _entryShift;
        ulong end = Math.Min(limit, inPage);
        ulong count = 1;
        if (kind is MappingKind.Zero && Replaced is not null)
        {
            ulong distance = host == HostOffset.None.Value ? 0 : _stride;
            for (ulong next = host + distance; count < end; count++, next += distance)
            {
                TEntry entry = TEntry.Load(ref page[offset + (int)(count << _entryShift)]);
                ulong place = HasPlace(entry, entry.Kind) ? _units.ToHost(entry.Units) : HostOffset.None.Value;
                if (entry.Kind is not MappingKind.Zero || place != next)
                {
                    break;
                }
            }
        }
        else if (kind is MappingKind.Data)
        {
            for (ulong next = host + _stride; count < end; count++, next += _stride)
            {
                TEntry entry = TEntry.Load(ref page[offset + (int)(count << _entryShift)]);
                if (entry.Kind is not MappingKind.Data
                    || _units.ToHost(entry.Units) != next
                    || entry.IsShared != first.IsShared)
                {
                    break;
                }
            }
        }
        else if (kind is MappingKind.Unallocated or MappingKind.Zero)
        {
            count = CountSame(page, offset, first, end);
        }

        return new EntryRun(kind, host, count);
    }

    private ulong CountSame(TablePage page, int offset, TEntry first, ulong end)
    {
        // Entries for "nothing" are almost always the same bits: search for the first other one, vectorised.
        ReadOnlySpan<byte> entries = page.Bytes.Slice(offset, (int)(end << _entryShift));
        ulong count = (ulong)SkipEqual(entries, entries[..TEntry.Size]) >> _entryShift;
        while (count < end && TEntry.Load(ref page[offset + (int)(count << _entryShift)]).Kind == first.Kind)
        {
            count++;
        }

        return count;
    }
}
