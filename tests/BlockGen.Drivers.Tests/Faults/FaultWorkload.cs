namespace BlockGen.Drivers.Tests.Faults;

/// <summary>A guest's work on a storage that fails once, and what must be true whatever it was that failed.</summary>
internal sealed class FaultWorkload(
    string format, byte[] below, SectorModel model, MemoryStorage disk, FaultStorage storage)
{
    private const int DiskBytes = 3 << 20;
    private const int SectorCount = DiskBytes / SectorModel.SectorBytes;

    private int _errorCount;

    public static async Task<FaultWorkload> CreateAsync(string format, string options, bool isOverlay)
    {
        uint[] initial =
            [.. Enumerable.Range(0, SectorCount).Select(sector => isOverlay ? 0x8000_0000 + (uint)sector : 0)];
        byte[] below = [.. initial.SelectMany(value => SectorModel.Fill(value, 1))];
        BackingLink? link = isOverlay ? new BackingLink("below", "raw") : null;
        MemoryStorage disk = await MemoryDisk.CreateAsync(format, $"{options},size={DiskBytes}", link);
        return new FaultWorkload(format, below, new SectorModel(initial), disk, new FaultStorage(disk));
    }

    /// <summary>Runs the work with one failing request; false when the work ended before that request.</summary>
    public async Task<bool> RunAsync(ulong failing, Fault fault)
    {
        bool wasHit = false;
        FaultRule rule = FaultRules.At(failing, fault);
        storage.Rule = request => rule(request) is { } hit ? (wasHit = true, hit).hit : null;
        Image? image = null;
        while (image is null)
        {
            await TryAsync(async () => image = await MemoryDisk.OpenOverAsync(storage, format, below));
        }

        Random random = new(1);
        for (int i = 1; i <= 25; i++)
        {
            await StepAsync(image, random, (uint)i);
            image.ExpectIdle();
        }

        // The last flush is tried again until it succeeds: from then on all that was acknowledged must stay.
        while (!await TryAsync(() => image.FlushAsync().AsTask()))
        {
            image.ExpectIdle();
        }

        Expect(await ReadUntilDoneAsync(image), "open");
        await TryAsync(() => image.DisposeAsync().AsTask());
        Assert.Equal(wasHit ? 1 : 0, _errorCount);
        await using Image again = await MemoryDisk.OpenOverAsync(disk, format, below);
        Expect(await again.ReadAsync(0, DiskBytes), "reopened");
        await again.ExpectSoundAsync(mayLeak: true);
        return wasHit;
    }

    private void Expect(byte[] content, string when)
    {
        string? problem = model.FindImpossible(content, int.MaxValue, mayLose: false);
        Assert.True(problem is null, $"{when}: {problem}");
    }

    private async Task<byte[]> ReadUntilDoneAsync(Image image)
    {
        byte[]? content = null;
        while (content is null)
        {
            await TryAsync(async () => content = await image.ReadAsync(0, DiskBytes));
        }

        return content;
    }

    private async Task StepAsync(Image image, Random random, uint value)
    {
        int count = random.Next(1, random.Next(3) == 0 ? 1500 : 60);
        int sector = random.Next(SectorCount - count);
        int offset = sector * SectorModel.SectorBytes;
        int length = count * SectorModel.SectorBytes;
        bool isDone;
        switch (random.Next(9))
        {
            case 0:
                await TryAsync(() => image.FlushAsync().AsTask());
                return;
            case 1:
                await TryAsync(() => image.ReadAsync(offset, length));
                return;
            case 2:
                await TryAsync(() => image.DiscardAsync(offset, length).AsTask());
                model.Set(sector, count, 0, 0, mayKeepOld: true);
                return;
            case 3:
                isDone = await TryAsync(() => image.ZeroAsync(offset, length).AsTask());
                model.Set(sector, count, 0, 0, mayKeepOld: !isDone);
                return;
            default:
                isDone = await TryAsync(() => image.WriteAsync(offset, SectorModel.Fill(value, count)).AsTask());
                model.Set(sector, count, value, 0, mayKeepOld: !isDone);
                return;
        }
    }

    /// <summary>Whether it succeeded. The only error there may be is the injected one.</summary>
    private async Task<bool> TryAsync(Func<Task> request)
    {
        try
        {
            await request();
            return true;
        }
        catch (IOException error)
        {
            Assert.Contains("injected", error.Message, StringComparison.Ordinal);
            _errorCount++;
            return false;
        }
    }
}
