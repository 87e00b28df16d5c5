namespace BlockGen;

/// <summary>A run in which neither image changes its mapping.</summary>
internal readonly record struct ComparedRun(ulong Length, bool LeftIsZero, bool RightIsZero, bool AllocationDiffers)
{
    public bool NeedsReading => !LeftIsZero || !RightIsZero;
}

/// <summary>Compares two images chunk by chunk.</summary>
internal sealed class ChunkComparer(Image left, Image right, BouncePool bounce)
{
    /// <summary>The longer disk's bytes.</summary>
    public ulong Length { get; } = Math.Max(left.Length, right.Length);

    public async ValueTask<ComparedRun> ScanAsync(ulong at, CancellationToken cancellation)
    {
        GuestRange rest = new(at, Length - at);
        Side one = await MapAsync(left, rest, cancellation).ConfigureAwait(false);
        Side other = await MapAsync(right, rest, cancellation).ConfigureAwait(false);
        return new ComparedRun(
            Math.Min(one.Length, other.Length), one.IsZero, other.IsZero, one.IsAllocated != other.IsAllocated);
    }

    public async Task<CompareResult?> CompareAsync(GuestRange range, ComparedRun run, CancellationToken cancellation)
    {
        if (run.LeftIsZero || run.RightIsZero)
        {
            using BounceBuffer data = await ReadAsync(run.LeftIsZero ? right : left, range, cancellation)
                .ConfigureAwait(false);
            int nonZero = data.Memory.Span.IndexOfAnyExcept((byte)0);
            return nonZero < 0 ? null : DiffersAt(range, nonZero);
        }

        // One buffer of twice the length: two rents, each holding one and waiting for the other, could wait for ever.
        int length = (int)range.Length;
        using BounceBuffer both = await bounce.RentAsync(length * 2, cancellation).ConfigureAwait(false);
        Task first = Image.ReadPaddedAsync(left, range, both.Memory[..length], cancellation).AsTask();
        Task second = Image.ReadPaddedAsync(right, range, both.Memory[length..], cancellation).AsTask();
        await Task.WhenAll(first, second).ConfigureAwait(false);
        int same = both.Memory.Span[..length].CommonPrefixLength(both.Memory.Span[length..]);
        return same == length ? null : DiffersAt(range, same);
    }

    private async ValueTask<BounceBuffer> ReadAsync(Image image, GuestRange range, CancellationToken cancellation)
    {
        BounceBuffer buffer = await bounce.RentAsync((int)range.Length, cancellation).ConfigureAwait(false);
        try
        {
            await Image.ReadPaddedAsync(image, range, buffer.Memory, cancellation).ConfigureAwait(false);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static CompareResult DiffersAt(GuestRange range, int index) =>
        new(ImageDifference.Content, range.Start + (ulong)index, SizesDiffer: false);

    private static async ValueTask<Side> MapAsync(Image image, GuestRange range, CancellationToken cancellation)
    {
        if (range.Start.Value >= image.Length)
        {
            return new Side(range.Length, IsZero: true, IsAllocated: false);
        }

        ChainExtent found = await image.MapChainAsync(range.Take(image.Length - range.Start.Value), cancellation)
            .ConfigureAwait(false);
        Extent extent = found.Extent;
        bool isZero = extent.Kind is MappingKind.Unallocated or MappingKind.Zero;
        return new Side(extent.Length, isZero, extent.IsAllocated);
    }

    private readonly record struct Side(ulong Length, bool IsZero, bool IsAllocated);
}
