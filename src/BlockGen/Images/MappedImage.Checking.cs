namespace BlockGen;

public abstract partial class MappedImage
{
    /// <summary>Walks the tables; what is still in memory is written back first.</summary>
    private protected async ValueTask<CheckVisitor> CheckTablesAsync(
        CancellationToken cancellation, SharedMarks? marks = null)
    {
        if (!IsReadOnly)
        {
            await FlushAsync(cancellation).ConfigureAwait(false);
        }

        CheckVisitor visitor = new(Geometry, HostEnd) { CountsUses = Counts is not null, Marks = marks };
        await VisitAllAsync(visitor, cancellation).ConfigureAwait(false);
        if (Counts is { } counts)
        {
            await counts.VisitAsync(visitor, cancellation).ConfigureAwait(false);
        }

        return visitor;
    }
}

public abstract partial class MappedImage<THeader>
{
    /// <inheritdoc/>
    public sealed override async ValueTask<CheckReport> CheckAsync(CancellationToken cancellation)
    {
        if (FindsByMethod)
        {
            throw new NotSupportedException($"{Storage.Name}: such images cannot be checked");
        }

        SharedMarks? marks = Counts is null ? null : new SharedMarks();
        CheckVisitor visitor = await CheckTablesAsync(cancellation, marks).ConfigureAwait(false);
        if (Counts is { } counts)
        {
            await counts.CompareAsync(visitor, isRepair: false, cancellation).ConfigureAwait(false);
            visitor.AddWrongMarks(marks!, DescribeWrongMark);
        }

        if (CountsClusters)
        {
            CheckCounts(visitor);
        }

        CheckReport report = visitor.ToReport(GuestClusterCount);

        // What cannot be kept up may own space that no table names.
        return ObstacleToWriting is null ? report : report with { Leaks = 0, LeakFindings = [] };
    }

    /// <summary>Compares the header with what the tables say it should be.</summary>
    private void CheckCounts(CheckVisitor visitor)
    {
        IReadOnlyList<string?> found = Header.Describe();
        IReadOnlyList<string?> expected = HeaderFor(visitor.ToReport(GuestClusterCount).AllocatedClusters).Describe();
        for (int field = 0; field < found.Count; field++)
        {
            if (found[field] != expected[field])
            {
                FieldLayout layout = THeader.Fields[field];
                visitor.Add(
                    CheckProblem.WrongCount,
                    (ulong)layout.Offset,
                    $"{layout.Name} at 0x{layout.Offset:x} is {found[field]}: the tables make it {expected[field]}");
            }
        }
    }
}
