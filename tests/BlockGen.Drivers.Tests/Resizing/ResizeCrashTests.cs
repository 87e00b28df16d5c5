namespace BlockGen.Drivers.Tests.Resizing;

/// <summary>
/// Resizing that a power cut or a failing request ends: the old size or the new one, and sound either way.
/// </summary>
public sealed class ResizeCrashTests
{
    private const int Before = (1 << 20) + 512;
    private const int After = 2 << 20;

    private static readonly byte[] s_below = MemoryDisk.RandomBytes(After, 1);

    public static TheoryData<string, string> Disks => new()
    {
        { "raw", "" },
        { "qed", "cluster_size=65536" },
        { "qed", "cluster_size=4096,table_size=1" },
        { "vdi", "" },
    };

    [Theory]
    [MemberData(nameof(Disks))]
    public async Task A_power_cut_leaves_the_old_size_or_the_new_one(string format, string options)
    {
        (MemoryStorage start, byte[] expected) = await StartAsync(format, options);
        PowerCutStorage storage = await PowerCutStorage.StartAsync(start, CancellationToken.None);
        await using (Image image = await MemoryDisk.OpenOverAsync(storage, format, s_below))
        {
            await image.ResizeAsync(After, Preallocation.Off, CancellationToken.None);
        }

        HashSet<ulong> lengths = [];
        foreach (PowerCutState state in storage.States(mostPerCut: 100, seed: 1))
        {
            lengths.Add(await ExpectEitherAsync(storage.Materialize(state), format, expected));
        }

        Assert.Equal(new ulong[] { Before, After }, lengths.Order());
    }

    [Theory]
    [MemberData(nameof(Disks))]
    public async Task A_failing_request_is_told_and_the_next_try_succeeds(string format, string options)
    {
        bool wasHit = true;
        int failing = 0;
        for (; wasHit; failing++)
        {
            wasHit = false;
            (MemoryStorage disk, byte[] expected) = await StartAsync(format, options);
            FaultStorage storage = new(disk);
            await using (Image image = await MemoryDisk.OpenOverAsync(storage, format, s_below))
            {
                int left = failing;
                storage.Rule = _ => left-- == 0 ? (wasHit = true, Fault.InputOutput).InputOutput : null;
                bool isDone = await TryResizeAsync(image);
                storage.Rule = null;
                Assert.Equal(wasHit, !isDone);
                if (!isDone)
                {
                    Assert.Equal((ulong)Before, image.Length);
                    image.ExpectIdle();
                    await image.ExpectContentAsync(expected[..Before]);
                    Assert.True(await TryResizeAsync(image));
                }

                await image.ExpectContentAsync(expected);
            }

            Assert.Equal((ulong)After, await ExpectEitherAsync(disk, format, expected));
        }

        Assert.True(failing > 2, $"only {failing} requests were made to fail");
    }

    private static async Task<bool> TryResizeAsync(Image image)
    {
        try
        {
            await image.ResizeAsync(After, Preallocation.Off, CancellationToken.None);
            return true;
        }
        catch (IOException error)
        {
            Assert.Contains("injected", error.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static async Task<(MemoryStorage Disk, byte[] Expected)> StartAsync(string format, string options)
    {
        bool isOverlay = format == "qed";
        BackingLink? link = isOverlay ? new BackingLink("below", "raw") : null;
        MemoryStorage disk = await MemoryDisk.CreateAsync(format, $"{options},size={Before}", link);
        byte[] expected = new byte[After];
        if (isOverlay)
        {
            s_below.AsSpan(0, Before).CopyTo(expected);
        }

        MemoryDisk.RandomBytes(3000, 2).CopyTo(expected, Before - 300_000);
        await using Image image = await MemoryDisk.OpenOverAsync(disk, format, s_below);
        await image.WriteAsync(Before - 300_000, expected.AsMemory(Before - 300_000, 3000));
        return (disk, expected);
    }

    private static async Task<ulong> ExpectEitherAsync(MemoryStorage disk, string format, byte[] expected)
    {
        await using Image image = await MemoryDisk.OpenOverAsync(disk, format, s_below);
        await image.ExpectSoundAsync(mayLeak: true);
        await image.ExpectContentAsync(expected[..(int)image.Length]);
        return image.Length;
    }
}
