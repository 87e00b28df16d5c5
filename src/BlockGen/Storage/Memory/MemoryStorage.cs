namespace BlockGen;

/// <summary>Bytes in memory, kept in chunks of 64 KiB; chunks never written to occupy nothing.</summary>
/// <remarks>
/// Thread-safe without a lock. Reads and writes that touch the same bytes at once may see or leave a mixture of both,
/// as on a disk. Requests complete before they return, and to chunks that exist without allocating.
/// </remarks>
public sealed partial class MemoryStorage : IStorage
{
    /// <summary>Bytes that are allocated, and given back, together.</summary>
    public const int ChunkBytes = 64 << 10;

    private readonly ChunkDirectory _chunks;
    private readonly StorageLength _length;

    /// <summary>A storage of zeroes.</summary>
    /// <param name="length">Bytes; costs nothing.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="capacityBytes">
    /// The most its chunks may occupy; a write that needs more fails for lack of space.
    /// </param>
    public MemoryStorage(ulong length = 0, string name = "memory", ulong capacityBytes = ulong.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        _length = new StorageLength(length);
        _chunks = new ChunkDirectory(name, capacityBytes);
    }

    /// <summary>A storage that holds a copy of <paramref name="content"/>.</summary>
    public MemoryStorage(ReadOnlySpan<byte> content, string name = "memory") : this((ulong)content.Length, name)
    {
        Store(0, content);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ulong Length => _length.Bytes;

    /// <inheritdoc/>
    public bool IsReadOnly { get; init; }

    /// <inheritdoc/>
    public uint Alignment => 1;

    /// <summary>Bytes that its chunks occupy.</summary>
    public ulong AllocatedBytes => _chunks.AllocatedBytes;

    /// <inheritdoc/>
    public ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellation);
        }

        Load(offset.Value, target);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (Refusal("write", offset.Value, (ulong)source.Length, cancellation) is { } refusal)
        {
            return ValueTask.FromException(refusal);
        }

        try
        {
            Store(offset.Value, source.DangerousGetMemory().Span);
        }
        catch (IOException error)
        {
            return ValueTask.FromException(error);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellation) =>
        cancellation.IsCancellationRequested ? ValueTask.FromCanceled(cancellation) : default;

    /// <summary>Returns 0: every byte is in this process.</summary>
    public ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested
            ? ValueTask.FromCanceled<ulong>(cancellation)
            : ValueTask.FromResult(0UL);

    /// <summary>Does nothing: the bytes live as long as the object.</summary>
    public ValueTask DisposeAsync() => default;

    /// <summary>A storage of its own with the same bytes. No change may be under way.</summary>
    public MemoryStorage Clone()
    {
        MemoryStorage clone = new(Length, Name);
        _chunks.CopyTo(clone._chunks);
        return clone;
    }

    /// <summary>All bytes in one array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        Load(0, bytes);
        return bytes;
    }

    private void Load(ulong offset, GuestReadBuffer target)
    {
        int length = (int)_length.Clamp(offset, (ulong)target.Length);
        target.Slice(length).Clear();
        int done = 0;
        while (done < length)
        {
            ChunkPart part = ChunkPart.At(offset + (ulong)done, (ulong)(length - done));
            GuestReadBuffer piece = target.Slice(done, part.Length);
            if (_chunks.Find(part.Index) is { } chunk)
            {
                piece.Fill(chunk.AsSpan(part.Start, part.Length));
            }
            else
            {
                piece.Clear();
            }

            done += part.Length;
        }

    }

    /// <summary>Stores bytes; the offset is in range.</summary>
    internal void Store(ulong offset, ReadOnlySpan<byte> bytes)
    {
        int done = 0;
        while (done < bytes.Length)
        {
            ChunkPart part = ChunkPart.At(offset + (ulong)done, (ulong)(bytes.Length - done));
            bytes.Slice(done, part.Length).CopyTo(_chunks.FindOrAdd(part.Index).AsSpan(part.Start));
            done += part.Length;
        }

        if (bytes.Length > 0)
        {
            _length.GrowTo(offset + (ulong)bytes.Length);
        }
    }

    private Exception? Refusal(string operation, ulong offset, ulong length, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return new OperationCanceledException(cancellation);
        }

        if (IsReadOnly)
        {
            return StorageErrors.ReadOnly(Name, StorageErrors.Describe(operation, offset, length));
        }

        return offset > long.MaxValue || length > long.MaxValue - offset
            ? StorageErrors.PastLargestOffset(Name, operation, offset, length)
            : null;
    }
}
