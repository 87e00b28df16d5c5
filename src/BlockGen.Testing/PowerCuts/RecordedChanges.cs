namespace BlockGen.Testing;

/// <summary>A guest's flush in a recording: which changes and flushes of the storage it led to.</summary>
/// <param name="Session">Counts the times the image was open.</param>
/// <param name="FirstChange">The first change, if it is before <paramref name="EndChange"/>.</param>
/// <param name="EndChange">The first change afterwards.</param>
/// <param name="FirstFlush">The first flush.</param>
/// <param name="EndFlush">The first flush afterwards.</param>
internal sealed record GuestFlush(int Session, int FirstChange, int EndChange, int FirstFlush, int EndFlush);

/// <summary>What the recorded changes are for, seen from the end of the work.</summary>
internal sealed class RecordedChanges
{
    private readonly HostRange _header;
    private readonly HostRange _firstTable;
    private readonly bool _isTwoLevel;
    private readonly List<HostRange> _data;

    private readonly List<HostRange> _counts;

    private RecordedChanges(
        HostRange header, HostRange firstTable, bool isTwoLevel, List<HostRange> data, List<HostRange> counts)
    {
        (_header, _firstTable, _isTwoLevel, _data, _counts) = (header, firstTable, isTwoLevel, data, counts);
    }

    /// <summary>Where what is, told by the image once the work is done.</summary>
    public static async Task<RecordedChanges> OfAsync(Image image)
    {
        ImageDescription description = image.Describe();
        HostRange Region(string name) =>
            description.Regions.FirstOrDefault(region => region.Name == name)?.Range ?? default;

        List<HostRange> data = [];
        for (ulong at = 0; at < image.Length;)
        {
            Extent extent = await image.MapAsync(new GuestRange(at, image.Length - at), CancellationToken.None)
                .ConfigureAwait(false);
            if (extent.Kind is MappingKind.Data)
            {
                ulong inCluster = image.ClusterBytes == 0 ? 0 : extent.Host.Value % image.ClusterBytes;
                data.Add(new HostRange(extent.Host.Value - inCluster, extent.Length + inCluster));
            }

            at += extent.Length;
        }

        HostRange root = Region("root table");
        bool isTwoLevel = root.Length > 0;
        List<HostRange> counts =
            [.. description.Regions.Where(region => region.Name == "reference counts").Select(region => region.Range)];
        return new RecordedChanges(Region("header"), isTwoLevel ? root : Region("table"), isTwoLevel, data, counts);
    }

    /// <summary>The step that a change belongs to; null for what no step names, such as a new length.</summary>
    public Step? StepOf(PowerCutChange change) => StepOf(change.Range);

    /// <summary>The step that writes a range of the file; null for an empty one.</summary>
    public Step? StepOf(HostRange range)
    {
        if (range.Length == 0)
        {
            return null;
        }

        if (Overlaps(range, _header))
        {
            return Step.Header;
        }

        if (Overlaps(range, _firstTable))
        {
            return _isTwoLevel ? Step.Root : Step.Leaf;
        }

        if (_counts.Exists(counts => Overlaps(range, counts)))
        {
            return Step.Counts;
        }

        bool isLeaf = _isTwoLevel && range.Start.Value >= _header.End && !_data.Exists(data => Overlaps(range, data));
        return isLeaf ? Step.Leaf : Step.Data;
    }

    private static bool Overlaps(HostRange left, HostRange right) =>
        left.Start.Value < right.End && right.Start.Value < left.End;
}
