namespace BlockGen;

public abstract partial class MappedImage
{
    private const int MaxPlacesAtOnce = 256;

    /// <summary>
    /// Gives lost space back: what lies last moves into the gaps, tables first, then the file is cut. What fits into no
    /// gap stays.
    /// </summary>
    private async ValueTask ReclaimAsync(CancellationToken cancellation)
    {
        for (int round = 0; round < MaxRepairRounds; round++)
        {
            ForgetSpace();
            SpaceVisitor space = new(Geometry, HostEnd);
            await VisitAsync(space, cancellation).ConfigureAwait(false);
            if (!space.HasGaps || !await FillGapsAsync(space, cancellation).ConfigureAwait(false))
            {
                await CutAsync(space.ImageEnd, cancellation).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>Moves something to a better place; false when that cannot be done.</summary>
    private async ValueTask<bool> FillGapsAsync(SpaceVisitor space, CancellationToken cancellation)
    {
        HostRange beyond = new(Geometry.HostOf(space.CompactEnd), ulong.MaxValue - Geometry.HostOf(space.CompactEnd));
        MoverVisitor last = await FindMoversAsync([beyond], cancellation).ConfigureAwait(false);
        last.MappedClusters.Sort(static (left, right) => right.Host.CompareTo(left.Host));
        return await MoveIntoGapsAsync(space, last.Tables, cancellation).ConfigureAwait(false)
            || await MakeGapsForTablesAsync(space, last.Tables, cancellation).ConfigureAwait(false)
            || await MoveIntoGapsAsync(space, last.MappedClusters, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<bool> MoveIntoGapsAsync(
        SpaceVisitor space, IReadOnlyList<EntryUse> uses, CancellationToken cancellation)
    {
        GapFiller gaps = new(space.FindGaps());
        List<EntryMove> moves = [];
        foreach (EntryUse use in uses)
        {
            if (gaps.TryTake(ToUnits(use.Bytes), out ulong unit))
            {
                moves.Add(new EntryMove(use, Geometry.HostOf(unit)));
            }
        }

        return await TryMoveAsync(moves, cancellation).ConfigureAwait(false);
    }

    /// <summary>Moves clusters that lie before the compact end to the end of the file, so that tables fit in.</summary>
    private async ValueTask<bool> MakeGapsForTablesAsync(
        SpaceVisitor space, IReadOnlyList<EntryUse> tables, CancellationToken cancellation)
    {
        if (tables.Count == 0)
        {
            return false;
        }

        IReadOnlyList<HostRange> places = space.FindPlacesForTables(
            ToUnits(tables[0].Bytes), Math.Min(tables.Count, MaxPlacesAtOnce));
        MoverVisitor inTheWay = await FindMoversAsync(places, cancellation).ConfigureAwait(false);
        ulong end = Geometry.HostOf(Geometry.UnitFrom(Math.Max(Storage.Length, space.ImageEnd)));
        List<EntryMove> moves = [];
        foreach (EntryUse use in inTheWay.MappedClusters)
        {
            moves.Add(new EntryMove(use, end));
            end += ToUnits(use.Bytes) * Geometry.Alignment;
        }

        return await TryMoveAsync(moves, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<bool> TryMoveAsync(IReadOnlyList<EntryMove> moves, CancellationToken cancellation)
    {
        if (moves.Count == 0)
        {
            return false;
        }

        await MoveAsync(moves, cancellation).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<MoverVisitor> FindMoversAsync(
        IReadOnlyList<HostRange> parts, CancellationToken cancellation)
    {
        MoverVisitor movers = new(Geometry, HostEnd, parts);
        await VisitAsync(movers, cancellation).ConfigureAwait(false);
        return movers;
    }

    private async ValueTask CutAsync(ulong end, CancellationToken cancellation)
    {
        if (Storage.Length > end)
        {
            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
            await Storage.SetLengthAsync(end, cancellation).ConfigureAwait(false);
            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private ulong ToUnits(ulong bytes) => (bytes + Geometry.Alignment - 1) / Geometry.Alignment;
}
