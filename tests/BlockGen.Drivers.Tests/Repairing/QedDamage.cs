namespace BlockGen.Drivers.Tests.Repairing;

/// <summary>Damages the tables of a QED image. Clusters and tables are the guest's, by their index.</summary>
internal sealed class QedDamage(MemoryStorage storage, byte[] content, byte[] below)
{
    public const int ClusterBytes = 4096;
    public const int DiskBytes = 2048 * ClusterBytes;

    private const ulong Root = ClusterBytes;
    private const ulong ClustersInTable = ClusterBytes / sizeof(ulong);

    public static readonly Dictionary<string, DamageKind<QedDamage>> Kinds = new()
    {
        ["leak"] = new(disk => disk.Lose(3)),
        ["leaks everywhere"] = new(disk => disk.Lose(1, 2, 5, 600, 604, 605).AddTail(3)),
        ["leaked tail"] = new(disk => disk.AddTail(3)),
        ["leaked part of a cluster"] = new(disk => disk.AddTail(1, -100)),
        ["cluster outside"] = new(disk => disk.Lose(4).Point(4, 1UL << 40), CheckProblem.OutOfBounds),
        ["cluster in the header"] = new(disk => disk.Lose(4).Point(4, 512), CheckProblem.OutOfBounds),
        ["cluster off its boundary"] = new(
            disk => disk.Lose(4).Point(4, disk.ClusterAt(5) + 512), CheckProblem.Misaligned),
        ["two entries for one cluster"] = new(disk => disk.Share(2, 601), CheckProblem.Overlap),
        ["many entries for one cluster"] = new(
            disk => disk.Share(0, 7).Share(0, 20).Share(0, 500).Share(0, 602),
            CheckProblem.Overlap, CheckProblem.Overlap, CheckProblem.Overlap, CheckProblem.Overlap),
        ["cluster in the root table"] = new(disk => disk.Lose(4).Point(4, Root), CheckProblem.Overlap),
        ["cluster in a leaf table"] = new(disk => disk.Lose(4).Point(4, disk.Table(1)), CheckProblem.Overlap),
        ["table outside"] = new(disk => disk.LoseTable(1).PointTable(1, 1UL << 40), CheckProblem.Dangling),
        ["table in the header"] = new(disk => disk.LoseTable(1).PointTable(1, 8), CheckProblem.Dangling),
        ["table off its boundary"] = new(
            disk => disk.LoseTable(1).PointTable(1, disk.Table(0) + 8), CheckProblem.Misaligned),
        ["table in the root table"] = new(disk => disk.PointTable(2, Root), CheckProblem.Overlap),
        ["two entries for one table"] = new(disk => disk.ShareTable(0, 2), CheckProblem.Overlap),
        ["table past the disk"] = new(disk => disk.PointTable(5, disk.Table(0)), CheckProblem.Overlap),
        ["cluster of data as a table"] = new(disk => disk.PointTable(2, disk.ClusterAt(3)), DataAsTable),
        ["cluster of zeroes as a table"] = new(
            disk => disk.Clear(3).PointTable(2, disk.ClusterAt(3)), CheckProblem.Overlap),
        ["everything at once"] = new(
            disk => disk.Lose(1, 2, 8).Share(5, 605).ShareTable(0, 3).Point(1, 1UL << 41).Point(2, Root).AddTail(2),
            CheckProblem.OutOfBounds, CheckProblem.Overlap, CheckProblem.Overlap, CheckProblem.Overlap),
    };

    // Random bytes are numbers that point far outside, and the cluster is used by its own entry too.
    private static CheckProblem[] DataAsTable =>
        [.. Enumerable.Repeat(CheckProblem.OutOfBounds, (int)ClustersInTable), CheckProblem.Overlap];

    /// <summary>Where a cluster is.</summary>
    public ulong ClusterAt(ulong cluster) => storage.Peek64(EntryAt(cluster));

    /// <summary>Where a leaf table is.</summary>
    public ulong Table(ulong index) => storage.Peek64(Root + index * sizeof(ulong));

    /// <summary>Clusters that nothing names any more: what is below shows.</summary>
    public QedDamage Lose(params int[] clusters)
    {
        foreach (int cluster in clusters)
        {
            storage.Poke64(EntryAt((ulong)cluster), 0);
            below.AsSpan(cluster * ClusterBytes, ClusterBytes).CopyTo(content.AsSpan(cluster * ClusterBytes));
        }

        return this;
    }

    /// <summary>A table that nothing names any more.</summary>
    public QedDamage LoseTable(ulong index)
    {
        int bytes = (int)ClustersInTable * ClusterBytes;
        storage.Poke64(Root + index * sizeof(ulong), 0);
        below.AsSpan((int)index * bytes, bytes).CopyTo(content.AsSpan((int)index * bytes));
        return this;
    }

    /// <summary>Space at the end of the file.</summary>
    public QedDamage AddTail(int clusters, int bytes = 0)
    {
        storage.Store(storage.Length, RandomBytes(clusters * ClusterBytes + bytes, 3));
        return this;
    }

    /// <summary>Lets a cluster's entry say something else; what guests read there stays as it was.</summary>
    public QedDamage Point(ulong cluster, ulong host)
    {
        storage.Poke64(EntryAt(cluster), host);
        return this;
    }

    public QedDamage PointTable(ulong index, ulong host)
    {
        storage.Poke64(Root + index * sizeof(ulong), host);
        return this;
    }

    /// <summary>The second cluster's entry names the first one's space: guests read the same there.</summary>
    public QedDamage Share(int first, int second)
    {
        content.AsSpan(first * ClusterBytes, ClusterBytes).CopyTo(content.AsSpan(second * ClusterBytes));
        return Point((ulong)second, ClusterAt((ulong)first));
    }

    /// <summary>
    /// The second entry names the first one's table: guests read what it says, and what is below elsewhere.
    /// </summary>
    public QedDamage ShareTable(int first, int second)
    {
        for (int i = 0; i < (int)ClustersInTable; i++)
        {
            int from = first * (int)ClustersInTable + i;
            if (ClusterAt((ulong)from) > 1)
            {
                int to = second * (int)ClustersInTable + i;
                content.AsSpan(from * ClusterBytes, ClusterBytes).CopyTo(content.AsSpan(to * ClusterBytes));
            }
        }

        return PointTable((ulong)second, Table((ulong)first));
    }

    /// <summary>A cluster full of zeroes.</summary>
    public QedDamage Clear(int cluster)
    {
        storage.Store(ClusterAt((ulong)cluster), new byte[ClusterBytes]);
        content.AsSpan(cluster * ClusterBytes, ClusterBytes).Clear();
        return this;
    }

    private ulong EntryAt(ulong cluster) =>
        Table(cluster / ClustersInTable) + cluster % ClustersInTable * sizeof(ulong);
}
