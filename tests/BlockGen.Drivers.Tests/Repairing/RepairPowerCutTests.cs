namespace BlockGen.Drivers.Tests.Repairing;

/// <summary>A repair that loses power at any moment has done no harm, and the next one ends it.</summary>
public sealed class RepairPowerCutTests
{
    public static TheoryData<string, string> Damages => RepairTests.Damages;

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_power_cut_loses_nothing(string format, string damage)
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync(format, damage);
        PowerCutStorage storage = await RepairAsync(disk, static storage => storage);
        int stateCount = 0;
        foreach (PowerCutState state in Sample(storage, format == "qed" ? 80 : 25))
        {
            string? harm = await FindHarmAsync(disk, storage.Materialize(state));
            Assert.True(harm is null, $"{state}: {harm}");
            stateCount++;
        }

        Assert.True(stateCount > 1, "nothing was repaired");
    }

    // Whoever takes the barriers out must see a test fail.
    [Theory]
    [InlineData("qed", "leaks everywhere")]
    [InlineData("qed", "two entries for one cluster")]
    [InlineData("qed", "two entries for one table")]
    [InlineData("vdi", "leaks everywhere")]
    [InlineData("vdi", "two entries for one block")]
    public async Task A_power_cut_does_harm_where_the_barriers_are_missing(string format, string damage)
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync(format, damage);
        PowerCutStorage storage = await RepairAsync(disk, static storage => new WithoutFlushes(storage));
        foreach (PowerCutState state in Sample(storage, 200))
        {
            if (await FindHarmAsync(disk, storage.Materialize(state)) is not null)
            {
                return;
            }
        }

        Assert.Fail("no harm was found");
    }

    private static async Task<PowerCutStorage> RepairAsync(DamagedDisk disk, Func<IStorage, IStorage> front)
    {
        MemoryStorage copy = new(disk.Storage.ToArray(), $"disk.{disk.Format}");
        PowerCutStorage storage = await PowerCutStorage.StartAsync(copy, CancellationToken.None);
        await using Image image = await disk.OpenAsync(front(storage));
        RepairReport report = await image.RepairAsync(RepairKind.All, CancellationToken.None);
        Assert.True(report.Left.IsClean);
        return storage;
    }

    private static IEnumerable<PowerCutState> Sample(PowerCutStorage storage, int count)
    {
        PowerCutState[] states = [.. storage.States(mostPerCut: 40, seed: 1)];
        new Random(1).Shuffle(states);
        return states.Take(count);
    }

    private static async Task<string?> FindHarmAsync(DamagedDisk disk, MemoryStorage storage)
    {
        await using Image image = await disk.OpenAsync(storage);
        RepairReport report = await image.RepairAsync(RepairKind.All, CancellationToken.None);
        if (!report.Left.IsClean)
        {
            return string.Join("; ", report.Left.Findings);
        }

        byte[] content = await image.ReadAsync(0, disk.Content.Length);
        int same = disk.Content.AsSpan().CommonPrefixLength(content);
        return same == content.Length ? null : $"byte 0x{same:x} differs";
    }

    private sealed class WithoutFlushes(IStorage inner) : StorageFilter(inner)
    {
        public override ValueTask FlushAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
