namespace BlockGen;

public abstract partial class ReferenceCounts
{
    /// <summary>
    /// Counts one more use of each cluster. Nothing else may take or give back space meanwhile; nothing has changed when
    /// it throws <see cref="ImageException"/>.
    /// </summary>
    /// <param name="clusters">Host offsets divided by the bytes in a cluster, in order; as often as they are used.</param>
    /// <param name="cancellation">Cancels it; some counts may be too high then.</param>
    /// <exception cref="ImageException">A count would be higher than the format can store.</exception>
    public async ValueTask RaiseAsync(IReadOnlyList<ulong> clusters, CancellationToken cancellation)
    {
        ulong[] counts = await FindAsync(clusters, cancellation).ConfigureAwait(false);
        for (int i = 0, uses = 1; i < counts.Length; i++)
        {
            uses = i > 0 && clusters[i] == clusters[i - 1] ? uses + 1 : 1;
            if (MaxCount - counts[i] < (ulong)uses)
            {
                throw new ImageException(
                    $"the cluster at 0x{clusters[i] * ClusterBytes:x} is counted {counts[i]} times: "
                    + $"a count has room for {MaxCount} at most");
            }
        }

        await ForEachNearAsync(clusters, static count => count + 1, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Counts one use less of each cluster; nothing on disk names them so often any more. Nothing else may take or give
    /// back space meanwhile.
    /// </summary>
    /// <param name="clusters">Host offsets divided by the bytes in a cluster, in order; as often as they were used.</param>
    /// <param name="cancellation">Cancels it; some counts may be too high then.</param>
    public ValueTask LowerAsync(IReadOnlyList<ulong> clusters, CancellationToken cancellation) =>
        ForEachNearAsync(clusters, static count => count - Math.Min(count, 1), cancellation);

    /// <summary>How often each cluster is counted.</summary>
    /// <param name="clusters">Host offsets divided by the bytes in a cluster, in order.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public async ValueTask<ulong[]> FindAsync(IReadOnlyList<ulong> clusters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        List<ulong> found = new(clusters.Count);
        await ForEachNearAsync(
            clusters,
            count =>
            {
                found.Add(count);
                return count;
            },
            cancellation).ConfigureAwait(false);
        return [.. found];
    }

    /// <summary>Changes the counts of clusters, those that are near each other with one load and one store.</summary>
    private async ValueTask ForEachNearAsync(
        IReadOnlyList<ulong> clusters, Func<ulong, ulong> change, CancellationToken cancellation)
    {
        for (int next = 0; next < clusters.Count;)
        {
            ulong first = clusters[next];
            int end = next;
            while (end < clusters.Count && clusters[end] - first < PieceClusters)
            {
                end++;
            }

            ulong[] counts = new ulong[clusters[end - 1] - first + 1];
            await LoadAsync(first, counts, cancellation).ConfigureAwait(false);
            bool isChanged = false;
            for (; next < end; next++)
            {
                ref ulong count = ref counts[clusters[next] - first];
                ulong before = count;
                count = change(before);
                isChanged |= count != before;
            }

            if (isChanged)
            {
                await StoreAsync(first, counts, cancellation).ConfigureAwait(false);
            }
        }
    }
}
