namespace BlockGen;

/// <summary>What two images differ in.</summary>
public enum ImageDifference
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A byte that guests can read.</summary>
    Content,

    /// <summary>The size of the disk (looked at only when strict).</summary>
    Size,

    /// <summary>A place that is allocated in one and not in the other (looked at only when strict).</summary>
    Allocation,
}

/// <summary>The result of a comparison.</summary>
/// <param name="Difference">What differs first.</param>
/// <param name="Offset">
/// Where; null for <see cref="ImageDifference.None"/> and <see cref="ImageDifference.Size"/>.
/// </param>
/// <param name="SizesDiffer">
/// Whether the disks are of different size; what one has more is all zeroes when nothing differs.
/// </param>
public readonly record struct CompareResult(ImageDifference Difference, GuestOffset? Offset, bool SizesDiffer)
{
    /// <summary>Whether guests cannot tell them apart.</summary>
    public bool IsEqual => Difference is ImageDifference.None;
}

/// <summary>How images are compared.</summary>
public sealed record CompareOptions
{
    /// <summary>Size and allocation must be the same too.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Pairs of reads in flight at most.</summary>
    public int MaxReads { get; init; } = 8;

    /// <summary>Told how far it has come.</summary>
    public Action<CopyProgress>? Progress { get; init; }
}

/// <summary>Compares what guests read from two images.</summary>
public static class ImageComparer
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>
    /// Finds the first difference, with many reads in flight; what reads as zeroes in both costs no read.
    /// </summary>
    /// <exception cref="IOException">A storage failed.</exception>
    public static async Task<CompareResult> CompareAsync(
        Image left, Image right, CompareOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxReads);
        bool sizesDiffer = left.Length != right.Length;
        if (sizesDiffer && options.IsStrict)
        {
            return new CompareResult(ImageDifference.Size, null, sizesDiffer);
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using BouncePool bounce = new((ulong)options.MaxReads * ChunkBytes * 2);
        ChunkComparer comparer = new(left, right, bounce);
        Queue<Task<CompareResult?>> inOrder = new();
        try
        {
            CompareResult? found = await CompareInOrderAsync(comparer, options, inOrder, stop.Token)
                .ConfigureAwait(false);
            return (found ?? default) with { SizesDiffer = sizesDiffer };
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll((IEnumerable<Task>)inOrder).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<CompareResult?> CompareInOrderAsync(
        ChunkComparer comparer, CompareOptions options, Queue<Task<CompareResult?>> inOrder,
        CancellationToken cancellation)
    {
        CopyCounters counters = new(comparer.Length);
        ulong at = 0;
        while (at < comparer.Length || inOrder.Count > 0)
        {
            if (at < comparer.Length && inOrder.Count < options.MaxReads)
            {
                ComparedRun run = await comparer.ScanAsync(at, cancellation).ConfigureAwait(false);
                ulong length = run.NeedsReading ? Math.Min(run.Length, ChunkBytes) : run.Length;
                inOrder.Enqueue(options.IsStrict && run.AllocationDiffers
                    ? Task.FromResult<CompareResult?>(
                        new CompareResult(ImageDifference.Allocation, new GuestOffset(at), SizesDiffer: false))
                    : Compare(comparer, new GuestRange(at, length), run, cancellation));
                at += length;
                counters.Advance(length, 0);
            }
            else
            {
                Task<CompareResult?> oldest = inOrder.Peek();
                if (await oldest.ConfigureAwait(false) is { } difference)
                {
                    return difference;
                }

                _ = inOrder.Dequeue();
                options.Progress?.Invoke(counters.Progress);
            }
        }

        return null;
    }

    private static Task<CompareResult?> Compare(
        ChunkComparer comparer, GuestRange range, ComparedRun run, CancellationToken cancellation) =>
        run.NeedsReading
            ? Task.Run(() => comparer.CompareAsync(range, run, cancellation), cancellation)
            : Task.FromResult<CompareResult?>(null);
}
