namespace BlockGen.Drivers.Tests.Repairing;

/// <summary>Lost space is given back wherever it is: afterwards the file is as long as what it holds.</summary>
public sealed class ReclaimTests
{
    private const int ClusterBytes = 4096;

    [Fact]
    public async Task A_table_that_lies_last_and_fits_into_no_gap_takes_the_place_of_clusters()
    {
        (MemoryStorage storage, byte[] content) = await CreateAsync(tableClusters: 4, [(0, 12), (2048, 1)]);
        Lose(storage, content, tableClusters: 4, 2, 5, 2048);
        ulong before = storage.Length;
        await RepairAsync(storage, content, expectedLeaks: 3);
        Assert.Equal(before - 3 * ClusterBytes, storage.Length);
    }

    [Fact]
    public async Task Tables_between_which_nothing_can_move_stay_and_their_gaps_are_told_of()
    {
        // Each table lies behind its only cluster, and both clusters get lost.
        (MemoryStorage storage, byte[] content) = await CreateAsync(tableClusters: 2, [(0, 1), (1024, 1)]);
        Lose(storage, content, tableClusters: 2, 0, 1024);
        await using Image image = await MemoryDisk.OpenAsync(storage, "qed");
        RepairReport report = await image.RepairAsync(RepairKind.Leaks, CancellationToken.None);
        Assert.Equal((2UL, 0UL), (report.Found.Leaks, report.LeaksFixed));
        Assert.Equal((2UL, 0UL), (report.Left.Leaks, report.Left.Errors));
        await image.ExpectContentAsync(content);
        byte[] settled = storage.ToArray();
        await image.RepairAsync(RepairKind.Leaks, CancellationToken.None);
        Assert.Equal(settled, storage.ToArray());
    }

    [Fact]
    public async Task Whatever_is_lost_is_given_back()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            Random random = new(seed);
            int tableClusters = 1 << random.Next(3);
            int tableCount = random.Next(1, 5);
            int perTable = tableClusters * ClusterBytes / sizeof(ulong);
            List<(int Cluster, int Count)> runs = [];
            for (int i = 0; i < 3 * tableCount; i++)
            {
                runs.Add((random.Next(tableCount) * perTable + random.Next(30), random.Next(1, 12)));
            }

            (MemoryStorage storage, byte[] content) = await CreateAsync(tableClusters, runs);
            int[] written = [.. runs.SelectMany(run => Enumerable.Range(run.Cluster, run.Count)).Distinct()];
            random.Shuffle(written);
            // At least one table's worth of clusters stays, so that every table finds a place.
            int most = Math.Max(0, written.Length - tableCount * tableClusters);
            int lostCount = Math.Min(random.Next(1, written.Length), most);
            Lose(storage, content, tableClusters, written[..lostCount]);
            await RepairAsync(storage, content, (ulong)lostCount);
        }
    }

    private static async Task RepairAsync(MemoryStorage storage, byte[] content, ulong expectedLeaks)
    {
        ulong before = storage.Length;
        await using Image image = await MemoryDisk.OpenAsync(storage, "qed");
        RepairReport report = await image.RepairAsync(RepairKind.Leaks, CancellationToken.None);
        Assert.Equal(expectedLeaks, report.Found.Leaks);
        Assert.True(report.Left.IsClean, $"{report.Left.Leaks} leaks left");
        Assert.Equal(before - expectedLeaks * ClusterBytes, storage.Length);
        await image.ExpectContentAsync(content);
    }

    private static async Task<(MemoryStorage Storage, byte[] Content)> CreateAsync(
        int tableClusters, IReadOnlyList<(int Cluster, int Count)> runs)
    {
        byte[] content = new byte[5 * tableClusters * ClusterBytes / sizeof(ulong) * ClusterBytes];
        MemoryStorage storage = await MemoryDisk.CreateAsync(
            "qed", $"cluster_size={ClusterBytes},table_size={tableClusters},size={content.Length}");
        await using Image image = await MemoryDisk.OpenAsync(storage, "qed");
        foreach ((int cluster, int count) in runs)
        {
            byte[] written = RandomBytes(count * ClusterBytes, cluster);
            written.CopyTo(content, cluster * ClusterBytes);
            await image.WriteAsync(cluster * ClusterBytes, written);
        }

        return (storage, content);
    }

    private static void Lose(MemoryStorage storage, byte[] content, int tableClusters, params int[] clusters)
    {
        int perTable = tableClusters * ClusterBytes / sizeof(ulong);
        foreach (int cluster in clusters)
        {
            ulong table = storage.Peek64(ClusterBytes + (ulong)(cluster / perTable) * sizeof(ulong));
            storage.Poke64(table + (ulong)(cluster % perTable) * sizeof(ulong), 0);
            content.AsSpan(cluster * ClusterBytes, ClusterBytes).Clear();
        }
    }
}
