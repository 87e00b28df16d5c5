namespace BlockGen;

public sealed partial class MemoryStorage
{
    /// <inheritdoc/>
    public ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation)
    {
        if (Refusal("writing zeroes", range.Start.Value, range.Length, cancellation) is { } refusal)
        {
            return ValueTask.FromException(refusal);
        }

        try
        {
            Zero(range, mode);
        }
        catch (IOException error)
        {
            return ValueTask.FromException(error);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask DiscardAsync(HostRange range, CancellationToken cancellation)
    {
        if (Refusal("discard", range.Start.Value, range.Length, cancellation) is { } refusal)
        {
            return ValueTask.FromException(refusal);
        }

        Discard(range);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask SetLengthAsync(ulong length, CancellationToken cancellation)
    {
        if (Refusal("setting the length", length, 0, cancellation) is { } refusal)
        {
            return ValueTask.FromException(refusal);
        }

        CutOrGrow(length);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<StorageExtent>(cancellation);
        }

        ulong length = _length.Clamp(range.Start.Value, range.Length);
        if (length == 0)
        {
            return ValueTask.FromResult(new StorageExtent(range.Length, IsHole: true));
        }

        ulong end = range.Start.Value + length;
        ulong index = range.Start.Value / ChunkBytes;
        bool isHole = _chunks.Find(index) is null;
        ulong next = _chunks.FindNext(index + 1, (end - 1) / ChunkBytes, isPresent: isHole);
        ulong runEnd = Math.Min(end, next * ChunkBytes);

        // A hole that reaches the end of the storage goes on for ever.
        bool isLast = isHole && runEnd == end && length < range.Length;
        return ValueTask.FromResult(new StorageExtent(isLast ? range.Length : runEnd - range.Start.Value, isHole));
    }

    /// <summary>Makes a range that is in range read as zeroes.</summary>
    internal void Zero(HostRange range, ZeroMode mode)
    {
        ClearChunks(range, keepAllocated: mode == ZeroMode.KeepAllocated);
        if (range.Length > 0)
        {
            _length.GrowTo(range.End);
        }
    }

    /// <summary>Gives back what exists of a range.</summary>
    internal void Discard(HostRange range) =>
        ClearChunks(range with { Length = _length.Clamp(range.Start.Value, range.Length) }, keepAllocated: false);

    /// <summary>Sets the length.</summary>
    internal void CutOrGrow(ulong length)
    {
        ulong before = Length;
        _length.Set(length);
        if (length < before)
        {
            // Rounded up, so that the last chunk goes as a whole where nothing before the cut is in it.
            ulong end = (before + ChunkBytes - 1) / ChunkBytes * ChunkBytes;
            ClearChunks(new HostRange(length, end - length), keepAllocated: false);
        }
    }

    private void ClearChunks(HostRange range, bool keepAllocated)
    {
        ulong offset = range.Start.Value;
        while (offset < range.End)
        {
            ChunkPart part = ChunkPart.At(offset, range.End - offset);
            if (keepAllocated)
            {
                _chunks.FindOrAdd(part.Index).AsSpan(part.Start, part.Length).Clear();
            }
            else if (part.Length == ChunkBytes)
            {
                _chunks.Remove(part.Index);
            }
            else if (_chunks.Find(part.Index) is { } chunk)
            {
                chunk.AsSpan(part.Start, part.Length).Clear();
            }

            offset += (ulong)part.Length;
            if (!keepAllocated && offset < range.End)
            {
                ulong last = (range.End - 1) / ChunkBytes;
                offset = _chunks.FindNext(offset / ChunkBytes, last, isPresent: true) * ChunkBytes;
            }
        }
    }
}
