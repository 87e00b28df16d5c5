namespace BlockGen;

public abstract partial class ReferenceCounts
{
    private const ulong PieceClusters = 1 << 15;
    private const int MaxGaps = 1 << 12;

    /// <summary>Finds the clusters that nothing is counted for.</summary>
    /// <returns>Where the last counted cluster ends, and gaps before it; not all of them where there are many.</returns>
    internal async ValueTask<(ulong End, IReadOnlyList<HostRange> Gaps)> FindFreeAsync(CancellationToken cancellation)
    {
        List<HostRange> gaps = [];
        ulong end = 0;
        await ForEachPieceAsync(
            await FindEndAsync(cancellation).ConfigureAwait(false),
            (first, counts) =>
            {
                for (int i = 0; i < counts.Length; i++)
                {
                    if (counts[i] == 0)
                    {
                        continue;
                    }

                    ulong start = (first + (ulong)i) * ClusterBytes;
                    if (start > end && gaps.Count < MaxGaps)
                    {
                        gaps.Add(new HostRange(end, start - end));
                    }

                    end = start + ClusterBytes;
                }

                return false;
            },
            cancellation).ConfigureAwait(false);
        return (end, gaps);
    }

    /// <summary>Compares the counts with how often the tables name each cluster.</summary>
    /// <param name="found">What the tables name; told of errors and leaks.</param>
    /// <param name="isRepair">Whether counts that are wrong are put right.</param>
    /// <param name="cancellation">Cancels it.</param>
    internal async ValueTask CompareAsync(CheckVisitor found, bool isRepair, CancellationToken cancellation)
    {
        ulong end = (Math.Max(found.ImageEnd, found.HostEnd) + ClusterBytes - 1) / ClusterBytes;
        await ForEachPieceAsync(
            end,
            (first, counts) =>
            {
                bool isWrong = false;
                for (int i = 0; i < counts.Length; i++)
                {
                    ulong uses = found.UsesOf(first + (ulong)i);
                    if (counts[i] > 0)
                    {
                        found.AddCounted((first + (ulong)i + 1) * ClusterBytes);
                    }

                    found.Marks?.Compare(first + (ulong)i, counts[i]);
                    if (uses != counts[i])
                    {
                        isWrong = true;
                        found.AddWrongCount((first + (ulong)i) * ClusterBytes, counts[i], uses);
                        counts[i] = Math.Min(uses, MaxCount);
                    }
                }

                return isWrong && isRepair;
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes new counts of how often the tables name each cluster.</summary>
    internal ValueTask RebuildAsync(CheckVisitor found, CancellationToken cancellation) => RebuildAsync(
        (Math.Max(found.ImageEnd, found.HostEnd) + ClusterBytes - 1) / ClusterBytes,
        cluster => Math.Min(found.UsesOf(cluster), MaxCount),
        cancellation);

    /// <summary>Shows the counts piece by piece; stores those of which the visitor says so.</summary>
    private async ValueTask ForEachPieceAsync(
        ulong clusterCount, Func<ulong, ulong[], bool> visit, CancellationToken cancellation)
    {
        ulong[] counts = [];
        for (ulong first = 0; first < clusterCount; first += PieceClusters)
        {
            ulong length = Math.Min(PieceClusters, clusterCount - first);
            counts = length == (ulong)counts.Length ? counts : new ulong[length];
            await LoadAsync(first, counts, cancellation).ConfigureAwait(false);
            if (visit(first, counts))
            {
                await StoreAsync(first, counts, cancellation).ConfigureAwait(false);
            }
        }
    }
}
