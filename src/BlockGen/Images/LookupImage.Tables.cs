namespace BlockGen;

public abstract partial class LookupImage
{
    private const int BitmapPieceBytes = 512;
    private const ulong MaxEntries = 4096;

    /// <summary>
    /// Reads an entry of a table. Tables stay in memory, as far as <see cref="OpenOptions.TableCacheBytes"/>.
    /// </summary>
    /// <exception cref="CorruptImageException">The table, or the file, ends before it.</exception>
    protected async ValueTask<TEntry> ReadEntryAsync<TEntry>(
        HostRange table, ulong entryIndex, CancellationToken cancellation)
        where TEntry : struct, ITableEntry<TEntry>
    {
        TEntry[] entries = await ReadEntriesAsync<TEntry>(table, entryIndex, most: 1, cancellation)
            .ConfigureAwait(false);
        return entries[0];
    }

    /// <summary>Reads consecutive entries of a table; fewer than asked for, but one, where the table ends.</summary>
    /// <param name="table">The table.</param>
    /// <param name="firstIndex">The first entry's number.</param>
    /// <param name="most">How many; only some thousands are read at once.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="CorruptImageException">The table, or the file, ends before the first.</exception>
    protected async ValueTask<TEntry[]> ReadEntriesAsync<TEntry>(
        HostRange table, ulong firstIndex, ulong most, CancellationToken cancellation)
        where TEntry : struct, ITableEntry<TEntry>
    {
        ulong entryCount = table.Length / (ulong)TEntry.Size;
        if (firstIndex >= entryCount)
        {
            throw Fault<TEntry>(table.Start, firstIndex, $"is past the end of a table of {entryCount} entries");
        }

        int count = (int)Math.Min(Math.Min(most, MaxEntries), entryCount - firstIndex);
        byte[] bytes = new byte[count * TEntry.Size];
        UInt128 start = table.Start.Value + (UInt128)firstIndex * (uint)TEntry.Size;
        if (start > Storage.Length)
        {
            throw Fault<TEntry>(table.Start, firstIndex, $"is past the end of the file of {Storage.Length} bytes");
        }

        await ReadTableAsync(new HostOffset((ulong)start), bytes, cancellation).ConfigureAwait(false);
        TEntry[] entries = new TEntry[count];
        for (int i = 0; i < count; i++)
        {
            entries[i] = TEntry.Load(ref bytes[i * TEntry.Size]);
        }

        return entries;
    }

    /// <summary>The fault of an entry that cannot be.</summary>
    /// <param name="table">Where its table starts.</param>
    /// <param name="entryIndex">Its number.</param>
    /// <param name="problem">What is wrong with it: <c>is past the end of the file</c>.</param>
    protected CorruptImageException Fault<TEntry>(HostOffset table, ulong entryIndex, string problem)
        where TEntry : struct, ITableEntry<TEntry> =>
        new(Storage.Name, table.Value + entryIndex * (ulong)TEntry.Size, new LayoutFault(
            0, typeof(TEntry).Name, $"{entryIndex}", problem));

    /// <summary>
    /// Counts the equal bits of a bitmap from one on; the least significant bit of each byte is its first.
    /// </summary>
    /// <param name="bitmap">Where the bitmap starts.</param>
    /// <param name="bitIndex">The first bit.</param>
    /// <param name="bitCount">Bits of the bitmap; more than <paramref name="bitIndex"/>.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="CorruptImageException">It is not inside the file.</exception>
    protected async ValueTask<BitRun> ReadBitRunAsync(
        HostOffset bitmap, ulong bitIndex, ulong bitCount, CancellationToken cancellation)
    {
        byte[] piece = new byte[(int)Math.Min(BitmapPieceBytes, (bitCount + 7) / 8 - bitIndex / 8)];
        await ReadTableAsync(bitmap + bitIndex / 8, piece, cancellation).ConfigureAwait(false);
        int first = (int)(bitIndex % 8);
        int limit = (int)Math.Min((ulong)piece.Length * 8, bitCount - bitIndex + (ulong)first);
        bool isSet = IsSet(piece, first);
        int end = first + 1;
        while (end < limit && IsSet(piece, end) == isSet)
        {
            end++;
        }

        return new BitRun(isSet, (ulong)(end - first));
    }

    private static bool IsSet(byte[] bits, int index) => (bits[index / 8] >> (index % 8) & 1) != 0;

    /// <summary>
    /// Reads a part of a table, or of another structure. It stays in memory, as far as
    /// <see cref="OpenOptions.TableCacheBytes"/>.
    /// </summary>
    /// <exception cref="CorruptImageException">It is not inside the file.</exception>
    protected async ValueTask ReadTableAsync(HostOffset offset, Memory<byte> target, CancellationToken cancellation)
    {
        if (!IsInFile(new HostRange(offset, (ulong)target.Length)))
        {
            throw new CorruptImageException(Storage.Name, offset.Value, new LayoutFault(
                0, "table", $"{target.Length} bytes", $"is not inside the file of {Storage.Length} bytes"));
        }

        for (int done = 0; done < target.Length;)
        {
            ulong at = offset.Value + (ulong)done;
            ulong pageStart = at - at % TableCache.PageBytes;
            int pageBytes = (int)Math.Min(TableCache.PageBytes, Storage.Length - pageStart);
            TablePage page = await _tables.GetAsync(pageStart, pageBytes, TableRole.Leaf, cancellation)
                .ConfigureAwait(false);
            ReadOnlySpan<byte> found = page.Bytes[(int)(at - pageStart)..];
            int length = Math.Min(found.Length, target.Length - done);
            found[..length].CopyTo(target.Span[done..]);
            done += length;
        }
    }
}

/// <summary>Bits of a bitmap that are alike.</summary>
/// <param name="IsSet">Whether they are set.</param>
/// <param name="Count">Their number; at least 1.</param>
public readonly record struct BitRun(bool IsSet, ulong Count);
