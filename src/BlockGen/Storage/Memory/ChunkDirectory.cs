using System.Collections.Concurrent;

namespace BlockGen;

/// <summary>
/// The chunks of a <see cref="MemoryStorage"/>, in regions of 1024 of them so that a large hole is skipped fast.
/// </summary>
/// <remarks>Thread-safe without a lock; a chunk is published whole and dropped whole.</remarks>
internal sealed class ChunkDirectory(string name, ulong capacityBytes)
{
    private const int RegionChunks = 1024;

    private readonly ConcurrentDictionary<ulong, byte[]?[]> _regions = new();
    private long _chunkCount; // Interlocked

    /// <summary>Bytes that the chunks occupy.</summary>
    public ulong AllocatedBytes => (ulong)Interlocked.Read(ref _chunkCount) * MemoryStorage.ChunkBytes;

    /// <summary>The chunk; null where there is none.</summary>
    public byte[]? Find(ulong index) =>
        _regions.TryGetValue(index / RegionChunks, out byte[]?[]? region)
            ? Volatile.Read(ref region[index % RegionChunks])
            : null;

    /// <summary>The chunk, made of zeroes where there is none.</summary>
    /// <exception cref="IOException">There is no space for it.</exception>
    public byte[] FindOrAdd(ulong index)
    {
        if (Find(index) is { } present)
        {
            return present;
        }

        if ((ulong)Interlocked.Increment(ref _chunkCount) > capacityBytes / MemoryStorage.ChunkBytes)
        {
            Interlocked.Decrement(ref _chunkCount);
            ulong offset = index * MemoryStorage.ChunkBytes;
            throw StorageErrors.NoSpace(name, $"a chunk at 0x{offset:x} exceeds the capacity of {capacityBytes} bytes");
        }

        byte[]?[] region = _regions.GetOrAdd(index / RegionChunks, static _ => new byte[]?[RegionChunks]);
        byte[] chunk = new byte[MemoryStorage.ChunkBytes];
        byte[]? winner = Interlocked.CompareExchange(ref region[index % RegionChunks], chunk, null);
        if (winner is not null)
        {
            Interlocked.Decrement(ref _chunkCount);
        }

        return winner ?? chunk;
    }

    /// <summary>Drops the chunk.</summary>
    public void Remove(ulong index)
    {
        if (_regions.TryGetValue(index / RegionChunks, out byte[]?[]? region)
            && Interlocked.Exchange(ref region[index % RegionChunks], null) is not null)
        {
            Interlocked.Decrement(ref _chunkCount);
        }
    }

    /// <summary>
    /// The first index from <paramref name="index"/> to <paramref name="last"/> that is present, or absent, or the one
    /// after.
    /// </summary>
    public ulong FindNext(ulong index, ulong last, bool isPresent)
    {
        while (index <= last)
        {
            if (isPresent && !_regions.ContainsKey(index / RegionChunks))
            {
                index = (index / RegionChunks + 1) * RegionChunks;
                continue;
            }

            if (Find(index) is not null == isPresent)
            {
                return index;
            }

            index++;
        }

        return last + 1;
    }

    /// <summary>Adds copies of all chunks to an empty directory.</summary>
    public void CopyTo(ChunkDirectory target)
    {
        foreach ((ulong regionIndex, byte[]?[] region) in _regions)
        {
            for (int i = 0; i < RegionChunks; i++)
            {
                if (Volatile.Read(ref region[i]) is { } chunk)
                {
                    chunk.CopyTo(target.FindOrAdd(regionIndex * RegionChunks + (ulong)i), 0);
                }
            }
        }
    }
}

/// <summary>The part of a request that lies in one chunk.</summary>
/// <param name="Index">The chunk.</param>
/// <param name="Start">First byte in it.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct ChunkPart(ulong Index, int Start, int Length)
{
    /// <summary>The first part of a request.</summary>
    public static ChunkPart At(ulong offset, ulong length)
    {
        int start = (int)(offset % MemoryStorage.ChunkBytes);
        int count = (int)Math.Min((ulong)(MemoryStorage.ChunkBytes - start), length);
        return new ChunkPart(offset / MemoryStorage.ChunkBytes, start, count);
    }
}
