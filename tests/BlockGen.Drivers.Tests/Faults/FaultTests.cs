namespace BlockGen.Drivers.Tests.Faults;

/// <summary>Every single request of a workload fails once: the caller hears of it, and nothing else is lost.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=1", true)]
    [InlineData("qed", "cluster_size=65536", true)]
    [InlineData("qed", "cluster_size=65536", false)]
    [InlineData("vdi", "", false)]
    [InlineData("parallels", "cluster_size=65536", false)]
    [InlineData("raw", "", false)]
    public async Task Whatever_fails_is_told_and_harms_nothing_else(string format, string options, bool isOverlay)
    {
        foreach (Fault fault in (Fault[])[Fault.InputOutput, Fault.NoSpace])
        {
            ulong failing = 0;
            while (await FailAsync(format, options, isOverlay, failing, fault))
            {
                failing++;
            }

            Assert.True(failing > 20, $"only {failing} requests were made to fail");
        }
    }

    [Theory]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    [InlineData("raw")]
    public async Task A_failed_creation_tells_and_leaves_no_valid_image_or_a_whole_one(string format)
    {
        bool wasHit = true;
        for (ulong failing = 0; wasHit; failing++)
        {
            wasHit = false;
            MemoryStorage disk = new(name: "disk");
            FaultRule rule = FaultRules.At(failing, Fault.InputOutput);
            FaultStorage storage = new(disk, request => rule(request) is { } hit ? (wasHit = true, hit).hit : null);
            try
            {
                await MemoryDisk.FormatAsync(
                    storage, format, "size=1M", format == "qed" ? new BackingLink("below", "raw") : null);
                Assert.False(wasHit);
            }
            catch (IOException error)
            {
                Assert.True(wasHit);
                Assert.Contains("injected", error.Message, StringComparison.Ordinal);
            }

            await ExpectWholeOrInvalidAsync(disk, format);
        }
    }

    private static async Task<bool> FailAsync(string format, string options, bool isOverlay, ulong failing, Fault fault)
    {
        FaultWorkload workload = await FaultWorkload.CreateAsync(format, options, isOverlay);
        try
        {
            return await workload.RunAsync(failing, fault);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"request {failing} failed: {error.Message}", error);
        }
    }

    private static async Task ExpectWholeOrInvalidAsync(MemoryStorage disk, string format)
    {
        Image image;
        try
        {
            image = await MemoryDisk.OpenOverAsync(disk, format, new byte[1 << 20]);
        }
        catch (ImageException)
        {
            return;
        }

        await using (image)
        {
            await image.ExpectSoundAsync();
            await image.ExpectContentAsync(new byte[image.Length]);
        }
    }
}
