namespace BlockGen;

/// <summary>Reads compressed units of an image. The last ones that were read in part are kept.</summary>
/// <remarks>
/// Thread-safe. A reader never waits for another one: two that miss the same unit both decompress it.
/// </remarks>
internal sealed class CompressedReader(IStorage storage, BouncePool bounce)
{
    private const int MaxKeptBytes = 4 << 20;
    private const int MaxKeptUnits = 16;

    private readonly object _lock = new();
    private readonly LinkedList<(ulong Start, HostRange Stored, byte[] Bytes)> _kept = new(); // latest first; guarded by _lock

    /// <summary>Fills the target with a part of a unit.</summary>
    /// <exception cref="CorruptImageException">The unit cannot be decompressed.</exception>
    /// <exception cref="ImageException">The unit is larger than the image's bounce memory.</exception>
    public async ValueTask ReadAsync(
        CompressedUnit unit, GuestRange range, GuestReadBuffer target, CancellationToken cancellation)
    {
        int skipped = (int)(range.Start.Value - unit.Range.Start.Value);
        if (TryFind(unit) is { } kept)
        {
            target.Fill(kept.AsSpan(skipped, target.Length));
            return;
        }

        int storedBytes = (int)unit.Stored.Length;
        int unitBytes = (int)unit.Range.Length;
        if (unit.Stored.Length + unit.Range.Length > bounce.CapacityBytes)
        {
            throw new ImageException(
                $"{storage.Name}: {unitBytes} bytes that are compressed to {storedBytes} at {unit.Stored.Start} "
                + $"need more bounce memory than the {bounce.CapacityBytes} bytes there are");
        }

        // One buffer for both: whoever holds one never waits for another.
        using BounceBuffer buffer = await bounce.RentAsync(storedBytes + unitBytes, cancellation).ConfigureAwait(false);
        Memory<byte> stored = buffer.Memory[..storedBytes];
        Memory<byte> bytes = buffer.Memory[storedBytes..];
        await storage.ReadAsync(unit.Stored.Start, stored, cancellation).ConfigureAwait(false);
        Decompress(unit, stored.Span, bytes.Span);
        target.Fill(bytes.Span.Slice(skipped, target.Length));
        if (target.Length < unitBytes)
        {
            Keep(unit, bytes.Span);
        }
    }

    /// <summary>Keeps none any more.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _kept.Clear();
        }
    }

    private void Decompress(CompressedUnit unit, ReadOnlySpan<byte> stored, Span<byte> bytes)
    {
        try
        {
            unit.Decompress(stored, bytes);
        }
        catch (InvalidDataException exception)
        {
            throw new CorruptImageException(storage.Name, unit.Stored.Start.Value, new LayoutFault(
                0, "compressed data", $"{stored.Length} bytes", $"cannot be decompressed: {exception.Message}"));
        }
    }

    private byte[]? TryFind(CompressedUnit unit)
    {
        lock (_lock)
        {
            for (LinkedListNode<(ulong Start, HostRange Stored, byte[] Bytes)>? node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Start == unit.Range.Start.Value && node.Value.Stored == unit.Stored)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value.Bytes;
                }
            }

            return null;
        }
    }

    private void Keep(CompressedUnit unit, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxKeptBytes)
        {
            return;
        }

        byte[] copy = bytes.ToArray();
        lock (_lock)
        {
            _kept.AddFirst((unit.Range.Start.Value, unit.Stored, copy));
            while (_kept.Count > MaxKeptUnits || _kept.Sum(static unit => (long)unit.Bytes.Length) > MaxKeptBytes)
            {
                _kept.RemoveLast();
            }
        }
    }
}
