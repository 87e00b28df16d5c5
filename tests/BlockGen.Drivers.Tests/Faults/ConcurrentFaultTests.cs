using BlockGen.Drivers.Tests.Streaming;

namespace BlockGen.Drivers.Tests.Faults;

/// <summary>Requests that fail and are cancelled beside others that do not.</summary>
public sealed class ConcurrentFaultTests
{
    private const int DiskBytes = 4 << 20;

    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=1")]
    [InlineData("qed", "cluster_size=65536")]
    [InlineData("vdi", "")]
    [InlineData("parallels", "cluster_size=65536")]
    [InlineData("raw", "")]
    public async Task Whoever_succeeded_finds_what_it_wrote(string format, string options)
    {
        int failures = 0;
        int cancels = 0;
        for (int seed = 0; seed < 6; seed++)
        {
            MemoryStorage disk = await MemoryDisk.CreateAsync(format, $"{options},size={DiskBytes}");
            FaultStorage storage = new(new JitterStorage(disk, seed));
            Image image = await MemoryDisk.OpenAsync(storage, format);
            storage.Rule = FaultRules.Sometimes(0.03, seed, Fault.InputOutput);
            UnreliableWorkers workers = new(image, DiskBytes / SectorModel.SectorBytes, seed);
            await workers.RunAsync();
            failures += workers.FailureCount;
            cancels += workers.CancelCount;
            storage.Rule = null;
            image.ExpectIdle();
            Expect(workers.Model, await image.ReadAsync(0, DiskBytes));
            await image.ExpectSoundAsync(mayLeak: true);
            await image.DisposeAsync();
            await using Image again = await MemoryDisk.OpenAsync(disk, format);
            Assert.False(again.IsDirty);
            Expect(workers.Model, await again.ReadAsync(0, DiskBytes));
            await again.ExpectSoundAsync(mayLeak: true);
        }

        Assert.True(failures > 5 && cancels > 5, $"{failures} failures, {cancels} cancelled");
    }

    private static void Expect(SectorModel model, byte[] content)
    {
        string? problem = model.FindImpossible(content, int.MaxValue, mayLose: false);
        Assert.True(problem is null, problem);
    }
}
