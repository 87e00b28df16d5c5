namespace BlockGen;

public abstract partial class MappedImage
{
    /// <summary>How often each host cluster is named, where the format keeps that on disk.</summary>
    protected virtual ReferenceCounts? Counts => null;

    /// <summary>Where counts are kept, as far as they have been looked at.</summary>
    protected IEnumerable<DescribedRegion> CountRegions =>
        Counts?.Places.Select(static place => new DescribedRegion("reference counts", place)) ?? [];

    /// <summary>Carries the counts of space that was taken to the disk.</summary>
    protected async ValueTask RaiseCountsAsync(CancellationToken cancellation)
    {
        if (Counts is { IsPending: true } counts)
        {
            // After an error the place where space is taken may be forgotten, and counts may need some for themselves.
            ulong end = Math.Max(Math.Max(Storage.Length, Geometry.DataStart), counts.TakenEnd);
            await EnsureTailAtAsync(end, cancellation).ConfigureAwait(false);
            await counts.RaiseAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>An entry that names host space is replaced by another one: the space is given back.</summary>
    protected void OnReplaced(MappingKind kind, ulong host, ulong bits) => Counts?.GiveBack(
        kind is MappingKind.Compressed ? UnitOf(bits, default).Stored : new HostRange(host, ClusterBytes));

    /// <summary>Takes host space that something is going to name.</summary>
    protected HostOffset TakeSpace(ulong bytes)
    {
        HostOffset host = Reserve(bytes);
        Counts?.Take(new HostRange(host, bytes));
        return host;
    }

    /// <summary>Gives back counted space that nothing on disk names any more.</summary>
    protected void GiveBackSpace(HostRange range) => Counts?.GiveBack(range);

    /// <summary>Gives back what was taken and nothing names.</summary>
    private void GiveBackSpace(HostOffset host, ulong bytes)
    {
        if (Counts is { } counts)
        {
            counts.GiveBack(new HostRange(host, bytes));
        }
        else
        {
            Tail.GiveBack(host, bytes);
        }
    }

    /// <summary>Makes the counts of a new image: of the header, and of the tables that are there already.</summary>
    private protected async ValueTask CreateCountsAsync(CancellationToken cancellation)
    {
        if (Counts is not { } counts)
        {
            return;
        }

        await EnsureTailAtAsync(Storage.Length, cancellation).ConfigureAwait(false);
        await counts.CreateAsync(cancellation).ConfigureAwait(false);
        counts.Take(new HostRange(0, Geometry.DataStart));
        counts.Take(new HostRange(_firstTable.Start, _firstTable.Length));
        await counts.RaiseAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts every count right; leaks are gone then. No table is in memory.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="mayRebuild">Whether they may be made anew where what holds them is wrong.</param>
    /// <param name="cancellation">Cancels it.</param>
    private protected async ValueTask RepairCountsAsync(
        ReferenceCounts counts, bool mayRebuild, CancellationToken cancellation)
    {
        CheckVisitor used = await CheckTablesAsync(cancellation).ConfigureAwait(false);
        bool isRebuilt = used.ErrorCount > 0;
        if (isRebuilt)
        {
            // Where counts are kept there may be something else: storing them would destroy it.
            used = new CheckVisitor(Geometry, HostEnd) { CountsUses = true };
            await VisitAllAsync(used, cancellation).ConfigureAwait(false);
            if (!mayRebuild || used.ErrorCount > 0)
            {
                return;
            }
        }

        // What is free cannot be told by wrong counts: new tables of counts go to the end.
        ForgetSpace();
        ulong end = Math.Max(Storage.Length, used.ImageEnd);
        await EnsureTailAtAsync(end, cancellation).ConfigureAwait(false);
        if (isRebuilt)
        {
            await counts.RebuildAsync(used, cancellation).ConfigureAwait(false);
        }
        else
        {
            await counts.CompareAsync(used, isRepair: true, cancellation).ConfigureAwait(false);
        }

        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        ForgetSpace();
        await RepairSharedMarksAsync(cancellation).ConfigureAwait(false);
    }
}
