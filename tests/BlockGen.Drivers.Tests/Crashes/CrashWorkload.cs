namespace BlockGen.Drivers.Tests.Crashes;

/// <summary>A guest's work on a disk whose power may be cut at any moment, and what must be found afterwards.</summary>
internal sealed class CrashWorkload
{
    private const int DiskBytes = 3 << 20;
    private const int SectorCount = DiskBytes / SectorModel.SectorBytes;

    private readonly string _format;
    private readonly byte[] _below;
    private readonly SectorModel _model;
    private readonly PowerCutStorage _storage;

    private CrashWorkload(string format, byte[] below, SectorModel model, PowerCutStorage storage)
    {
        (_format, _below, _model, _storage) = (format, below, model, storage);
    }

    /// <summary>Runs the work.</summary>
    /// <param name="disk">The image.</param>
    /// <param name="seed">Another seed makes other work.</param>
    /// <param name="missing">The barrier that is left out.</param>
    /// <param name="style">One request after the other, several at once, or beside a stream.</param>
    public static async Task<CrashWorkload> RunAsync(
        CrashDisk disk, int seed, WorkStyle style = WorkStyle.OneByOne, FlushBefore missing = FlushBefore.Anything)
    {
        uint[] initial =
            [.. Enumerable.Range(0, SectorCount).Select(sector => disk.IsOverlay ? 0x8000_0000 + (uint)sector : 0)];
        byte[] below = [.. initial.SelectMany(value => SectorModel.Fill(value, 1))];
        BackingLink? link = disk.IsOverlay ? new BackingLink("below", "raw") : null;
        MemoryStorage empty = await MemoryDisk.CreateAsync(disk.Format, $"{disk.Options},size={DiskBytes}", link);
        PowerCutStorage storage = await PowerCutStorage.StartAsync(empty, CancellationToken.None);
        CrashWorkload workload = new(disk.Format, below, new SectorModel(initial), storage);
        Random random = new(seed);
        int leftOutCount = 0;
        for (int run = 0; run < 2; run++)
        {
            MissingBarrierStorage barriers = new(storage, missing);
            await using Image image = await MemoryDisk.OpenOverAsync(barriers, disk.Format, below);
            Task stream = style is WorkStyle.BesideStream && run == 1
                ? image.StartStream(new StreamOptions { MaxChunkBytes = 256 << 10 }).Completion
                : Task.CompletedTask;
            for (int i = 0; i < 12; i++)
            {
                await workload.StepAsync(
                    image, barriers, random, style is WorkStyle.OneByOne ? 1 : 3, (uint)(run * 1000 + i * 3 + 1));
            }

            await stream;
            await workload.FlushAsync(image, barriers);
            leftOutCount += barriers.LeftOutCount;
        }

        Assert.Equal(missing is not FlushBefore.Anything, leftOutCount > 0);
        return workload;
    }

    /// <summary>A random choice of the states that a power cut may leave.</summary>
    public IReadOnlyList<PowerCutState> SampleStates(int count, int seed)
    {
        PowerCutState[] states = [.. _storage.States(mostPerCut: 150, seed)];
        new Random(seed).Shuffle(states);
        return states[..Math.Min(count, states.Length)];
    }

    /// <summary>What is wrong with the disk after a power cut; null when the guest can go on working.</summary>
    public async Task<string?> FindDamageAsync(PowerCutState state)
    {
        MemoryStorage disk = _storage.Materialize(state);
        try
        {
            await using (Image image = await MemoryDisk.OpenOverAsync(disk, _format, _below))
            {
                string? damage = await FindErrorAsync(image) ?? FindLoss(await image.ReadAsync(0, DiskBytes), state);
                if (damage is not null)
                {
                    return damage;
                }

                await image.WriteAsync(DiskBytes - 10_000, MemoryDisk.RandomBytes(10_000, 1));
                await image.WriteAsync(DiskBytes / 2, MemoryDisk.RandomBytes(10_000, 1));
            }

            await using Image again = await MemoryDisk.OpenOverAsync(disk, _format, _below);
            return await FindErrorAsync(again) is { } found ? $"after writing: {found}" : null;
        }
        catch (Exception error) when (error is ImageException or IOException)
        {
            return error.Message;
        }
    }

    private static async Task<string?> FindErrorAsync(Image image)
    {
        if (image.ClusterBytes == 0)
        {
            return null;
        }

        CheckReport report = await image.CheckAsync(CancellationToken.None);
        return report.Findings.FirstOrDefault(finding => finding.Problem is not CheckProblem.WrongCount)?.Message;
    }

    private string? FindLoss(byte[] content, PowerCutState state) =>
        _model.FindImpossible(content, state.Cut, mayLose: true);

    /// <summary>A flush, or some changes at once, each in a part of the disk of its own.</summary>
    private async Task StepAsync(
        Image image, MissingBarrierStorage barriers, Random random, int changeCount, uint value)
    {
        if (random.Next(8) == 0)
        {
            await FlushAsync(image, barriers);
            return;
        }

        int partSectors = SectorCount / changeCount;
        List<Func<ValueTask>> changes = [];
        for (int part = 0; part < changeCount; part++)
        {
            int count = random.Next(1, random.Next(3) == 0 ? 600 : 60);
            int sector = part * partSectors + random.Next(partSectors - count);
            changes.Add(Plan(image, random.Next(7), sector, count, value + (uint)part));
        }

        await Task.WhenAll(
            changes.Select(change => changeCount == 1 ? change().AsTask() : Task.Run(() => change().AsTask())));
    }

    private Func<ValueTask> Plan(Image image, int kind, int sector, int count, uint value)
    {
        int moment = _storage.Cuts[^1];
        int offset = sector * SectorModel.SectorBytes;
        int length = count * SectorModel.SectorBytes;
        switch (kind)
        {
            case 0:
                // What is discarded may come back, or be what an older write left.
                _model.Set(sector, count, 0, moment, mayKeepOld: true);
                return () => image.DiscardAsync(offset, length);
            case 1:
                _model.Set(sector, count, 0, moment, mayKeepOld: false);
                return () => image.ZeroAsync(offset, length);
            default:
                _model.Set(sector, count, value, moment, mayKeepOld: false);
                return () => image.WriteAsync(offset, SectorModel.Fill(value, count));
        }
    }

    private async Task FlushAsync(Image image, MissingBarrierStorage barriers)
    {
        barriers.BeginGuestFlush(image);
        await image.FlushAsync();
        _model.Flush(_storage.Cuts[^1]);
    }
}

/// <summary>An image that is to crash.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Options">How it is created.</param>
/// <param name="IsOverlay">Whether it has a backing image full of data.</param>
internal sealed record CrashDisk(string Format, string Options, bool IsOverlay);

/// <summary>How a guest works.</summary>
public enum WorkStyle
{
    /// <summary>One request after the other.</summary>
    OneByOne,

    /// <summary>Several requests at once.</summary>
    SeveralAtOnce,

    /// <summary>Several requests at once while the image is streamed.</summary>
    BesideStream,
}
