using System.Buffers;
using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>An entry that is not unallocated.</summary>
/// <param name="Index">Its index, from the first one on that the walk was given.</param>
/// <param name="At">Where the entry is in the storage.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Host">What it points at; meaningless for kinds that point nowhere.</param>
public readonly record struct MappedEntry(ulong Index, ulong At, MappingKind Kind, ulong Host)
{
    /// <summary>The entry as a number.</summary>
    public ulong Bits { get; init; }

    /// <summary>Whether it says that something else may name what it does; null where entries do not say.</summary>
    public bool? IsShared { get; init; }
}

/// <summary>Looks at some entries during a walk.</summary>
/// <param name="entries">The entries, in order; gone when it returns.</param>
public delegate void EntriesVisitor(ReadOnlySpan<MappedEntry> entries);

public sealed partial class TableLevel<TEntry>
{
    private const int VisitBytes = 256 << 10;
    private const int VisitEntries = 256;
    private const int MinSearch = 4;

    /// <summary>
    /// Shows every entry of a table that is not unallocated, as it is on disk, in order. Changes must have been written
    /// back. Reads past the cache, so that a walk does not push out what guests use.
    /// </summary>
    /// <param name="storage">Where the table is.</param>
    /// <param name="table">Its host offset.</param>
    /// <param name="firstIndex">The index of its first entry.</param>
    /// <param name="count">Entries to look at; no more than the table has are.</param>
    /// <param name="visit">Gets the entries.</param>
    /// <param name="cancellation">Cancels the walk.</param>
    public async ValueTask VisitAsync(
        IStorage storage, ulong table, ulong firstIndex, ulong count, EntriesVisitor visit,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(visit);
        ulong end = count << _entryShift;
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(end, VisitBytes));
        MappedEntry[] mapped = ArrayPool<MappedEntry>.Shared.Rent(VisitEntries);
        try
        {
            ulong dataEnd = 0;
            for (ulong at = 0; at < end;)
            {
                HostRange rest = new(table + at, end - at);
                if (EmptyIsZero && at >= dataEnd)
                {
                    StorageExtent extent = await storage.MapAsync(rest, cancellation).ConfigureAwait(false);
                    if (extent.IsHole && extent.Length >= (ulong)TEntry.Size)
                    {
                        at += extent.Length >> _entryShift << _entryShift;
                        continue;
                    }

                    dataEnd = at + extent.Length;
                }

                int length = (int)Math.Min(VisitBytes, end - at);
                await storage.ReadAsync(rest.Start, buffer.AsMemory(0, length), cancellation).ConfigureAwait(false);
                Visit(buffer.AsSpan(0, length), table + at, firstIndex + (at >> _entryShift), mapped, visit);
                at += (ulong)length;
            }
        }
        finally
        {
            ArrayPool<MappedEntry>.Shared.Return(mapped);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Visit(
        Span<byte> entries, ulong host, ulong firstIndex, Span<MappedEntry> mapped, EntriesVisitor visit)
    {
        TEntry.TryMake(MappingKind.Unallocated, 0, out TEntry empty);
        byte[] emptyBytes = new byte[TEntry.Size];
        TEntry.Store(ref emptyBytes[0], empty);
        int count = 0;
        int unallocated = 0;
        bool saysShared = default(TEntry).IsShared;
        for (int at = 0; at < entries.Length; at += TEntry.Size)
        {
            TEntry entry = TEntry.Load(ref entries[at]);
            if (entry.Kind is MappingKind.Unallocated)
            {
                unallocated++;
                if (unallocated == MinSearch)
                {
                    // A search costs more than a few looks, but finds the end of a long run much sooner.
                    at += SkipEqual(entries[(at + TEntry.Size)..], emptyBytes);
                    unallocated = 0;
                }

                continue;
            }

            unallocated = 0;

            mapped[count++] = new MappedEntry(
                firstIndex + ((ulong)at >> _entryShift), host + (ulong)at, entry.Kind, HostOf(entry))
            {
                Bits = entry.Bits,
                IsShared = saysShared ? entry.IsShared : null,
            };
            if (count == mapped.Length)
            {
                visit(mapped);
                count = 0;
            }
        }

        visit(mapped[..count]);
    }

    private static int SkipEqual(ReadOnlySpan<byte> entries, ReadOnlySpan<byte> empty)
    {
        int same = TEntry.Size == 4
            ? MemoryMarshal.Cast<byte, uint>(entries).IndexOfAnyExcept(BitConverter.ToUInt32(empty))
            : MemoryMarshal.Cast<byte, ulong>(entries).IndexOfAnyExcept(BitConverter.ToUInt64(empty));
        return same < 0 ? entries.Length : same * TEntry.Size;
    }
}
