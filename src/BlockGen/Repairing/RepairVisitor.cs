namespace BlockGen;

/// <summary>
/// Finds the entries to repair, and judges who is right where a table and something else claim one space.
/// </summary>
internal sealed class RepairVisitor(ImageGeometry geometry, ulong hostEnd, ulong guestClusterCount)
    : CheckVisitor(geometry, hostEnd)
{
    /// <summary>Entries listed at most; the next walk finds the others.</summary>
    private const int MaxEntries = 1 << 20;

    private readonly Dictionary<ulong, VisitedTable> _tables = []; // by each unit that they take
    private readonly List<(VisitedTable Table, EntryUse Other)> _contests = [];
    private readonly List<EntryUse> _badTables = [];
    private readonly List<EntryUse> _badClusters = [];
    private readonly List<EntryUse> _sharedClusters = [];

    /// <inheritdoc/>
    public override void Clusters(string name, ReadOnlySpan<MappedEntry> clusters)
    {
        foreach (ref readonly MappedEntry cluster in clusters)
        {
            FindTable(cluster.At, cluster.At + 1)?.CountEntry();
        }

        base.Clusters(name, clusters);
    }

    /// <summary>What to do first; nothing when every entry is sound.</summary>
    public RepairStep NextStep()
    {
        List<EntryUse> tables = [.. _badTables];
        List<EntryUse> clusters = [.. _badClusters];
        List<EntryUse> shared = [];
        HashSet<ulong> impostors = [];
        foreach ((VisitedTable table, EntryUse other) in _contests)
        {
            if (table.IsPlausible)
            {
                (table.IsNamedBy(other) ? shared : other.Role is TableRole.Root ? tables : clusters).Add(other);
            }
            else if (impostors.Add(table.Use.At))
            {
                tables.Add(table.Use);
            }
        }

        // What a wrong table shows says nothing about clusters, and copies must know what is free.
        List<EntryUse> toEmpty = tables.Count > 0 ? tables : clusters;
        return toEmpty.Count > 0
            ? new RepairStep(toEmpty, [])
            : new RepairStep([], shared.Count > 0 ? shared : _sharedClusters);
    }

    /// <inheritdoc/>
    protected override void OnSound(EntryUse use)
    {
        if (use.Role is TableRole.Root)
        {
            VisitedTable table = new(use);
            (ulong unit, ulong end) = UnitsOf(use.Host, use.End);
            for (; unit < end; unit++)
            {
                _tables.Add(unit, table);
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnBroken(CheckProblem problem, EntryUse use)
    {
        if (use.Role is TableRole.Leaf)
        {
            FindTable(use.At, use.At + 1)?.CountError();
        }

        bool isOverlap = problem is CheckProblem.Overlap;
        if (isOverlap && FindTable(use.Host, use.End) is { } table)
        {
            AddUpToMax(_contests, (table, use));
        }
        else if (use.Role is TableRole.Root)
        {
            AddUpToMax(_badTables, use);
        }
        else
        {
            bool isWorthCopying = isOverlap && use.Index < guestClusterCount;
            AddUpToMax(isWorthCopying ? _sharedClusters : _badClusters, use);
        }
    }

    private static void AddUpToMax<T>(List<T> list, T item)
    {
        if (list.Count < MaxEntries)
        {
            list.Add(item);
        }
    }

    private VisitedTable? FindTable(ulong host, ulong end)
    {
        (ulong unit, ulong endUnit) = UnitsOf(host, end);
        for (; unit < endUnit; unit++)
        {
            if (_tables.TryGetValue(unit, out VisitedTable? table))
            {
                return table;
            }
        }

        return null;
    }

    /// <summary>A table that has been read, and how its entries look.</summary>
    private sealed class VisitedTable(EntryUse use)
    {
        private ulong _entryCount;
        private ulong _errorCount;

        /// <summary>The entry that names it.</summary>
        public EntryUse Use => use;

        /// <summary>
        /// Whether it is a table indeed, and not a cluster of data: most of its entries point somewhere good.
        /// </summary>
        public bool IsPlausible => use.IsFirstTable || _entryCount - _errorCount > _errorCount;

        public void CountEntry() => _entryCount++;

        public void CountError() => _errorCount++;

        /// <summary>Whether another entry means the very same table.</summary>
        public bool IsNamedBy(EntryUse other) =>
            other.Role is TableRole.Root && other.Host == use.Host && !use.IsFirstTable;
    }
}

/// <summary>Repairs of entries that do not get in each other's way.</summary>
/// <param name="ToEmpty">Entries that say nothing from now on.</param>
/// <param name="ToCopy">Entries whose space is another one's too: they get a copy.</param>
internal readonly record struct RepairStep(IReadOnlyList<EntryUse> ToEmpty, IReadOnlyList<EntryUse> ToCopy);
