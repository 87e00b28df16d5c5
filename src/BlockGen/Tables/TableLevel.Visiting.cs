using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>Looks at one entry during a walk.</summary>
/// <param name="entryIndex">Its index in the table.</param>
/// <param name="entry">The entry.</param>
/// <param name="at">Where the entry is in the storage.</param>
public delegate void EntryVisitor<TEntry>(ulong entryIndex, TEntry entry, ulong at);

public sealed partial class TableLevel<TEntry>
{
    private const int VisitBytes = 256 << 10;

    /// <summary>
    /// Shows every entry of a table that is not unallocated, as it is on disk, in order. Changes must have been written
    /// back. Reads past the cache, so that a walk does not push out what guests use.
    /// </summary>
    public async ValueTask VisitAsync(
        IStorage storage, ulong table, ulong count, EntryVisitor<TEntry> visit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(visit);
        ulong end = Math.Min(count << _entryShift, TableBytes);
        byte[] buffer = new byte[Math.Min(end, VisitBytes)];
        for (ulong at = 0; at < end;)
        {
            HostRange rest = new(table + at, end - at);
            if (EmptyIsZero)
            {
                StorageExtent extent = await storage.MapAsync(rest, cancellation).ConfigureAwait(false);
                if (extent.IsHole)
                {
                    at = Math.Min(end, at + Math.Max(extent.Length / (ulong)TEntry.Size, 1) * (ulong)TEntry.Size);
                    continue;
                }
            }

            int length = (int)Math.Min((ulong)buffer.Length, end - at);
            await storage.ReadAsync(rest.Start, buffer.AsMemory(0, length), cancellation).ConfigureAwait(false);
            Visit(buffer.AsSpan(0, length), table + at, at >> _entryShift, visit);
            at += (ulong)length;
        }
    }

    private void Visit(Span<byte> entries, ulong host, ulong firstIndex, EntryVisitor<TEntry> visit)
    {
        TEntry.TryMake(MappingKind.Unallocated, 0, out TEntry empty);
        byte[] emptyBytes = new byte[TEntry.Size];
        TEntry.Store(ref emptyBytes[0], empty);
        for (int at = 0; at < entries.Length; at += TEntry.Size)
        {
            at += SkipEqual(entries[at..], emptyBytes);
            if (at >= entries.Length)
            {
                return;
            }

            TEntry entry = TEntry.Load(ref entries[at]);
            if (entry.Kind is not MappingKind.Unallocated)
            {
                visit(firstIndex + ((ulong)at >> _entryShift), entry, host + (ulong)at);
            }
        }
    }

    private static int SkipEqual(ReadOnlySpan<byte> entries, ReadOnlySpan<byte> empty)
    {
        int same = TEntry.Size == 4
            ? MemoryMarshal.Cast<byte, uint>(entries).IndexOfAnyExcept(BitConverter.ToUInt32(empty))
            : MemoryMarshal.Cast<byte, ulong>(entries).IndexOfAnyExcept(BitConverter.ToUInt64(empty));
        return same < 0 ? entries.Length : same * TEntry.Size;
    }
}
