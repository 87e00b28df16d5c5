using System.Numerics;

namespace BlockGen;

/// <summary>Which chunks of a disk are marked: one bit each.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="length">Bytes of the disk.</param>
/// <param name="chunkBytes">Bytes of a chunk.</param>
internal sealed class DirtyMap(ulong length, ulong chunkBytes)
{
    private const int BitsInWord = 64;
    private const ulong MostChunks = 1UL << 31; // in 256 MiB

    private readonly object _lock = new();
    private readonly ulong[] _words = MakeWords(length, chunkBytes);
    private ulong _count; // of marked chunks; guarded by _lock

    /// <summary>Bytes of the chunks that are marked.</summary>
    public ulong Bytes
    {
        get
        {
            lock (_lock)
            {
                return _count * chunkBytes;
            }
        }
    }

    /// <summary>Marks every chunk that the range touches.</summary>
    public void Mark(GuestRange range) => Set(range, isMarked: true);

    /// <summary>Unmarks every chunk that the range touches; how many bytes of chunks were marked.</summary>
    public ulong Clear(GuestRange range) => Set(range, isMarked: false) * chunkBytes;

    /// <summary>Whether the chunk at the range's start is marked, and the beginning of the range for which that holds.</summary>
    public (GuestRange Run, bool IsMarked) FirstRun(GuestRange range)
    {
        lock (_lock)
        {
            ulong first = range.Start.Value / chunkBytes;
            ulong end = ToChunks(range.End, chunkBytes);
            bool isMarked = IsMarked(first);
            ulong at = first + 1;
            while (at < end && IsMarked(at) == isMarked)
            {
                // Whole words that are alike are passed over at once.
                at += at % BitsInWord == 0 && _words[at / BitsInWord] == (isMarked ? ulong.MaxValue : 0)
                    ? BitsInWord
                    : 1UL;
            }

            ulong runEnd = Math.Min(Math.Min(at, end) * chunkBytes, range.End);
            return (new GuestRange(range.Start, runEnd - range.Start.Value), isMarked);
        }
    }

    private static ulong[] MakeWords(ulong length, ulong chunkBytes)
    {
        ulong count = ToChunks(length, chunkBytes);
        return count <= MostChunks
            ? new ulong[(count + BitsInWord - 1) / BitsInWord]
            : throw new NotSupportedException(
                $"a disk of {length} bytes is too long to be copied beside its guest: {MostChunks * chunkBytes} is the most");
    }

    private ulong Set(GuestRange range, bool isMarked)
    {
        if (range.Length == 0)
        {
            return 0;
        }

        lock (_lock)
        {
            ulong changed = 0;
            ulong end = ToChunks(range.End, chunkBytes);
            for (ulong at = range.Start.Value / chunkBytes; at < end;)
            {
                ulong word = at / BitsInWord;
                ulong bits = Math.Min(BitsInWord - at % BitsInWord, end - at);
                ulong mask = (bits == BitsInWord ? ulong.MaxValue : (1UL << (int)bits) - 1) << (int)(at % BitsInWord);
                ulong before = _words[word];
                _words[word] = isMarked ? before | mask : before & ~mask;
                changed += (ulong)BitOperations.PopCount(before ^ _words[word]);
                at += bits;
            }

            _count = isMarked ? _count + changed : _count - changed;
            return changed;
        }
    }

    private bool IsMarked(ulong chunk) => (_words[chunk / BitsInWord] >> (int)(chunk % BitsInWord) & 1) != 0;

    private static ulong ToChunks(ulong bytes, ulong chunkBytes) => bytes / chunkBytes + (bytes % chunkBytes == 0 ? 0UL : 1);
}
