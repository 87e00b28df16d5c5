namespace BlockGen.Drivers.Tests.Crashes;

/// <summary>After a power cut at any moment the image is sound and holds what was flushed.</summary>
public sealed class PowerCutTests
{
    private const int StatesPerSeed = 120;

    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=1", true, WorkStyle.OneByOne)]
    [InlineData("qed", "cluster_size=65536", true, WorkStyle.OneByOne)]
    [InlineData("qed", "cluster_size=16384,table_size=2", false, WorkStyle.SeveralAtOnce)]
    [InlineData("qed", "cluster_size=4096,table_size=1", true, WorkStyle.SeveralAtOnce)]
    [InlineData("qed", "cluster_size=16384,table_size=1", true, WorkStyle.BesideStream)]
    [InlineData("vdi", "", false, WorkStyle.OneByOne)]
    [InlineData("vdi", "", false, WorkStyle.SeveralAtOnce)]
    [InlineData("parallels", "cluster_size=4096", false, WorkStyle.OneByOne)]
    [InlineData("parallels", "cluster_size=65536", false, WorkStyle.SeveralAtOnce)]
    [InlineData("raw", "", false, WorkStyle.SeveralAtOnce)]
    public async Task A_power_cut_loses_nothing_that_was_flushed(
        string format, string options, bool isOverlay, WorkStyle style)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            CrashWorkload workload = await CrashWorkload.RunAsync(
                new CrashDisk(format, options, isOverlay), seed, style);
            IReadOnlyList<PowerCutState> states = workload.SampleStates(StatesPerSeed, seed);
            Assert.Equal(StatesPerSeed, states.Count);
            foreach (PowerCutState state in states)
            {
                string? damage = await workload.FindDamageAsync(state);
                Assert.True(damage is null, $"seed {seed}, {state}: {damage}");
            }
        }
    }

    // Whoever takes a barrier out must see a test fail.
    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=1", true, FlushBefore.Tables)]
    [InlineData("qed", "cluster_size=4096,table_size=1", true, FlushBefore.Return)]
    [InlineData("vdi", "", false, FlushBefore.Tables)]
    [InlineData("vdi", "", false, FlushBefore.Return)]
    [InlineData("parallels", "cluster_size=4096", false, FlushBefore.Tables)]
    [InlineData("parallels", "cluster_size=4096", false, FlushBefore.Return)]
    [InlineData("raw", "", false, FlushBefore.Return)]
    public async Task A_power_cut_without_one_of_the_barriers_does_damage(
        string format, string options, bool isOverlay, FlushBefore missing)
    {
        for (int seed = 1; seed <= 8; seed++)
        {
            CrashDisk disk = new(format, options, isOverlay);
            CrashWorkload workload = await CrashWorkload.RunAsync(disk, seed, missing: missing);
            foreach (PowerCutState state in workload.SampleStates(StatesPerSeed * 4, seed))
            {
                if (await workload.FindDamageAsync(state) is not null)
                {
                    return;
                }
            }
        }

        Assert.Fail($"no damage was found although the flush before {missing} is missing");
    }
}
