namespace BlockGen.Drivers.Tests.Repairing;

/// <summary>Every single request of a repair fails once: the caller hears of it, and the next repair ends it.</summary>
public sealed class RepairFaultTests
{
    [Theory]
    [InlineData("qed", "everything at once")]
    [InlineData("qed", "leaks everywhere")]
    [InlineData("qed", "cluster of data as a table")]
    [InlineData("vdi", "everything at once")]
    [InlineData("vdi", "leaks everywhere")]
    public async Task Whatever_fails_is_told_and_does_no_harm(string format, string damage)
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync(format, damage);
        long failing = 0;
        while (await FailAsync(disk, failing, failing % 2 == 0 ? Fault.InputOutput : Fault.NoSpace))
        {
            failing++;
        }

        Assert.True(failing > 10, $"only {failing} requests were made to fail");
    }

    [Fact]
    public async Task A_repair_is_cancelled_while_its_request_hangs()
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync("qed", "leaks everywhere");
        FaultStorage storage = new(new MemoryStorage(disk.Storage.ToArray(), "disk.qed"));
        await using (Image image = await disk.OpenAsync(storage))
        {
            storage.Rule = FaultRules.On(StorageOperation.Write, Fault.Hang);
            using CancellationTokenSource cancellation = new();
            Task<RepairReport> repair = image.RepairAsync(RepairKind.All, cancellation.Token).AsTask();
            await storage.WaitForHangAsync(1, CancellationToken.None);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => repair);
            storage.Rule = null;
            image.ExpectIdle();
            Assert.True((await image.RepairAsync(RepairKind.All, CancellationToken.None)).Left.IsClean);
            await image.ExpectContentAsync(disk.Content);
        }
    }

    /// <summary>Repairs with one failing request; false when the repair ended before that request.</summary>
    private static async Task<bool> FailAsync(DamagedDisk disk, long failing, Fault fault)
    {
        MemoryStorage copy = new(disk.Storage.ToArray(), $"disk.{disk.Format}");
        FaultStorage storage = new(copy);
        long requestCount = 0;
        await using (Image image = await disk.OpenAsync(storage))
        {
            storage.Rule = _ => Interlocked.Increment(ref requestCount) == failing + 1 ? fault : null;
            try
            {
                RepairReport report = await image.RepairAsync(RepairKind.All, CancellationToken.None);
                Assert.True(report.Left.IsClean);
                Assert.True(requestCount <= failing, $"request {failing} failed and nobody heard of it");
            }
            catch (IOException error)
            {
                Assert.Contains("injected", error.Message, StringComparison.Ordinal);
            }

            storage.Rule = null;
            image.ExpectIdle();
            Assert.True((await image.RepairAsync(RepairKind.All, CancellationToken.None)).Left.IsClean);
            await image.ExpectContentAsync(disk.Content);
        }

        await disk.ExpectRepairedAsync(copy);
        return requestCount > failing;
    }
}
