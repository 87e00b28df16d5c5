using System.Runtime.CompilerServices;

namespace BlockGen;

/// <summary>Collects what is wrong: entries that point nowhere good, host space used twice or not at all.</summary>
internal partial class CheckVisitor(ImageGeometry geometry, ulong hostEnd) : MappingVisitor
{
    private readonly Dictionary<ulong, ulong> _furtherUses = []; // of units that several compressed clusters share
    private bool _isNew; // whether nothing before names the space that was looked at last
    private ulong _allocated;
    private ulong _fragmented;
    private ulong _compressed;
    private ulong _expected = HostOffset.None.Value;

    /// <summary>Sizes and places of the image.</summary>
    protected ImageGeometry Geometry => geometry;

    /// <summary>Host space in use, in units of the image's alignment.</summary>
    public HostSpaceMap Used { get; } = new();

    /// <summary>Where the host space ends that entries may point into.</summary>
    public ulong HostEnd => hostEnd;

    /// <summary>Where the last used byte ends.</summary>
    public ulong ImageEnd { get; private set; } = geometry.DataStart;

    /// <summary>The first unit that clusters and tables may use.</summary>
    public ulong FirstUnit { get; } =
        geometry.DataStart <= geometry.UnitBase ? 0 : geometry.UnitFrom(geometry.DataStart);

    /// <summary>Whether <see cref="OnSound"/> wants to know of clusters, and not only of tables.</summary>
    protected virtual bool FollowsClusters => false;

    /// <inheritdoc/>
    public override bool Table(string name, in MappedEntry entry, ulong tableBytes)
    {
        ulong host = entry.Host;
        EntryUse use = new(TableRole.Root, entry.Index, entry.At, host, tableBytes);
        CheckProblem? problem = use.IsFirstTable
            ? FindOverlap(host, tableBytes)
            : FindProblem(host, tableBytes, geometry.TablesStart, tableBytes, CheckProblem.Dangling);
        if (problem is not null)
        {
            AddBroken(problem.Value, name, use, geometry.TablesStart);
            return false;
        }

        if (_isNew)
        {
            OnSound(use);
        }

        if (Marks is { } marks && !SharesSpace)
        {
            marks.AddTable(geometry.UnitOf(host), entry);
        }

        return true;
    }

    /// <inheritdoc/>
    /// <remarks>A new table often lies between the clusters before and after: that is no fragment.</remarks>
    public override void BeginLeafTable() => _expected = HostOffset.None.Value;

    /// <inheritdoc/>
    public override void Clusters(string name, ReadOnlySpan<MappedEntry> clusters)
    {
        bool followsClusters = FollowsClusters;
        foreach (ref readonly MappedEntry cluster in clusters)
        {
            if (cluster.Kind is MappingKind.Compressed && geometry.StoredOf is { } storedOf)
            {
                UseStored(name, cluster, storedOf(cluster.Bits));
                continue;
            }

            bool isKeptZero = CountsUses && cluster.Kind is MappingKind.Zero && cluster.Host != 0;
            if (cluster.Kind is not MappingKind.Data && !isKeptZero)
            {
                continue;
            }

            if (!SharesSpace)
            {
                Count(cluster.Host);
            }

            CheckProblem? problem = FindProblem(
                cluster.Host, geometry.ClusterBytes, geometry.DataStart, 1, CheckProblem.OutOfBounds);
            if (problem is not null)
            {
                AddBroken(problem.Value, name, ToUse(cluster), geometry.DataStart);
            }
            else
            {
                if (followsClusters && _isNew)
                {
                    OnSound(ToUse(cluster));
                }

                if (Marks is { } marks && !SharesSpace)
                {
                    marks.AddCluster(geometry.UnitOf(cluster.Host), cluster);
                }
            }
        }
    }

    /// <summary>Whether the image counts how often its clusters are named.</summary>
    public bool CountsUses { get; init; }

    /// <summary>What the entries say of who else names their clusters; null where nobody asks.</summary>
    public SharedMarks? Marks { get; init; }

    /// <summary>How often a unit is named.</summary>
    public ulong UsesOf(ulong unit) => unit < FirstUnit || Used.Contains(unit)
        ? 1 + (_furtherUses.Count == 0 ? 0 : _furtherUses.GetValueOrDefault(unit))
        : 0;

    /// <summary>The units that a range takes; what comes before the first possible cluster has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected (ulong First, ulong End) UnitsOf(ulong host, ulong end) => end <= geometry.DataStart
        ? default
        : (geometry.UnitOf(Math.Max(host, geometry.DataStart)), geometry.UnitFrom(end));

    /// <summary>An entry names space that nothing before it does.</summary>
    protected virtual void OnSound(EntryUse use)
    {
    }

    /// <summary>An entry is wrong.</summary>
    protected virtual void OnBroken(CheckProblem problem, EntryUse use)
    {
    }

    private EntryUse ToUse(in MappedEntry cluster) =>
        new(TableRole.Leaf, cluster.Index, cluster.At, cluster.Host, geometry.ClusterBytes);

    private void Count(ulong host)
    {
        _allocated++;
        if (_expected != HostOffset.None.Value && host != _expected)
        {
            _fragmented++;
        }

        _expected = host + geometry.ClusterBytes;
    }

    /// <summary>Compressed clusters share units with each other.</summary>
    private void UseStored(string name, in MappedEntry cluster, HostRange stored)
    {
        if (!SharesSpace)
        {
            _allocated++;
            _fragmented++;
            _compressed++;
        }

        if (stored.Start.Value < geometry.DataStart || stored.Length == 0 || stored.End > hostEnd)
        {
            AddBroken(CheckProblem.OutOfBounds, name, ToUse(cluster) with { Host = stored.Start.Value }, geometry.DataStart);
            return;
        }

        ImageEnd = Math.Max(ImageEnd, stored.End);
        (ulong unit, ulong end) = UnitsOf(stored.Start.Value, stored.End);
        UseAgain(unit, end);
    }

    /// <summary>What is wrong with space that an entry names, of which so many bytes must be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CheckProblem? FindProblem(
        ulong host, ulong bytes, ulong start, ulong neededBytes, CheckProblem outside)
    {
        if (host < start || host >= hostEnd || neededBytes > hostEnd - host)
        {
            return outside;
        }

        return geometry.IsAligned(host) ? FindOverlap(host, bytes) : CheckProblem.Misaligned;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CheckProblem? FindOverlap(ulong host, ulong bytes)
    {
        ulong end = host + bytes;
        ImageEnd = Math.Max(ImageEnd, end);
        (ulong unit, ulong endUnit) = UnitsOf(host, Math.Min(end, hostEnd));
        _isNew = SharesSpace ? UseAgain(unit, endUnit) : Used.TryAdd(unit, endUnit);
        return _isNew || SharesSpace ? null : CheckProblem.Overlap;
    }

    /// <summary>Counts a use of each unit; true when it is the first one of all of them.</summary>
    private bool UseAgain(ulong unit, ulong endUnit)
    {
        bool areNew = true;
        for (; unit < endUnit; unit++)
        {
            if (!Used.TryAdd(unit))
            {
                _furtherUses[unit] = _furtherUses.GetValueOrDefault(unit) + 1;
                areNew = false;
            }
        }

        return areNew;
    }
}
