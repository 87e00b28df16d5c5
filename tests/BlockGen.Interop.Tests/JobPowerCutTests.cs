namespace BlockGen.Interop.Tests;

/// <summary>What a power cut leaves of an image into which a job copies is sound in the eyes of QEMU too.</summary>
public sealed class JobPowerCutTests
{
    private const int DiskBytes = 3 << 20;
    private const int StateCount = 60;
    private const string BaseName = "base";

    [Theory]
    [InlineData("cluster_size=4096,table_size=2")]
    [InlineData("cluster_size=65536")]
    public async Task Qemu_reads_a_chain_whose_stream_was_cut_short(string options)
    {
        using TempFolder folder = new();
        byte[] expected = Disks.RandomBytes(DiskBytes, 1);
        await File.WriteAllBytesAsync(folder.File(BaseName), expected);
        string file = folder.File("top");
        await Disks.CreateAsync("qed", file, $"{options},size={DiskBytes}", new BackingLink(BaseName, "raw"));
        PowerCutStorage storage = await RecordAsync(file);
        await using (Image image = await OpenChainAsync(storage, new MemoryStorage([.. expected], BaseName)))
        {
            StreamJob job = image.StartStream(new StreamOptions { MaxChunkBytes = 64 << 10 });
            await ChangeAsync(image, expected);
            await job.Completion;
            await image.FlushAsync(CancellationToken.None);
        }

        await JudgeAsync(storage, async (state, isWhole) =>
        {
            await File.WriteAllBytesAsync(file, storage.Materialize(state).ToArray());
            await PowerCutVerdict.ExpectSoundAsync("qed", file, state);
            await using Image image = await Disks.OpenAsync("qed", file);
            Assert.True(!isWhole || image.Backing is null, $"{state}: the link is there after the stream");
            await image.WriteAsync(new GuestOffset(0), expected.AsMemory(0, 1 << 20), CancellationToken.None);
        });
        await Disks.ExpectContentAsync("qed", file, expected);
        await Qemu.CheckCleanAsync("qed", file);
    }

    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=2")]
    [InlineData("qed", "cluster_size=65536")]
    [InlineData("vdi", "")]
    [InlineData("qcow2", "cluster_size=4096")]
    [InlineData("parallels", "cluster_size=4096")]
    [InlineData("parallels", "cluster_size=65536")]
    public async Task Qemu_reads_a_base_whose_commit_was_cut_short(string format, string options)
    {
        using TempFolder folder = new();
        string file = folder.File(BaseName);
        await Disks.CreateAsync(format, file, $"{options},size={DiskBytes}");
        PowerCutStorage storage = await RecordAsync(file);
        MemoryStorage top = new(name: "top");
        FormatRegistry formats = new(Drivers.DiskFormats.All);
        await formats.Find("qed").CreateAsync!(
            top,
            new Dictionary<string, string> { ["size"] = $"{DiskBytes}" },
            new BackingLink(BaseName, format),
            CancellationToken.None);
        byte[] expected = new byte[DiskBytes];
        await using (Image image = await OpenChainAsync(top, storage))
        {
            await ChangeAsync(image, expected);
            await image.StartCommit(new CommitOptions { MaxChunkBytes = 64 << 10 }).Completion;
        }

        await JudgeAsync(storage, async (state, isWhole) =>
        {
            await File.WriteAllBytesAsync(file, storage.Materialize(state).ToArray());
            await PowerCutVerdict.ExpectSoundAsync(format, file, state);
            if (isWhole)
            {
                await Disks.ExpectContentAsync(format, file, expected);
            }
        });
    }

    private static async Task<PowerCutStorage> RecordAsync(string file)
    {
        MemoryStorage disk = new(await File.ReadAllBytesAsync(file), Path.GetFileName(file));
        return await PowerCutStorage.StartAsync(disk, CancellationToken.None);
    }

    private static async Task<Image> OpenChainAsync(IStorage top, IStorage below)
    {
        OpenOptions options = new()
        {
            Gate = (_, _, _) => ValueTask.FromResult(below),
            ProbeBacking = true,
            WritableBacking = _ => true,
        };
        return await new FormatRegistry(Drivers.DiskFormats.All)
            .OpenAsync(top, "qed", options, CancellationToken.None);
    }

    private static async Task ChangeAsync(Image image, byte[] expected)
    {
        Random random = new(3);
        for (int i = 0; i < 40; i++)
        {
            int length = random.Next(1, 60_000);
            int offset = random.Next(DiskBytes - length);
            Memory<byte> change = expected.AsMemory(offset, length);
            if (i % 4 == 3)
            {
                change.Span.Clear();
                await image.WriteZeroesAsync(
                    new GuestRange((ulong)offset, (ulong)length), ZeroMode.MayUnmap, CancellationToken.None);
                continue;
            }

            random.NextBytes(change.Span);
            await image.WriteAsync(new GuestOffset((ulong)offset), change, CancellationToken.None);
        }
    }

    /// <summary>Judges a choice of states, the last one among them: that one is whole.</summary>
    private static async Task JudgeAsync(PowerCutStorage storage, Func<PowerCutState, bool, Task> judge)
    {
        PowerCutState[] states = [.. storage.States(mostPerCut: 30, seed: 1)];
        PowerCutState last = states[^1];
        new Random(1).Shuffle(states);
        Assert.True(states.Length >= StateCount, $"only {states.Length} states");
        foreach (PowerCutState state in states.Take(StateCount))
        {
            await judge(state, false);
        }

        await judge(last, true);
    }
}
