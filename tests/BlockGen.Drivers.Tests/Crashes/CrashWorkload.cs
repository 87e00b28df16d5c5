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
    /// <param name="format">The image's format.</param>
    /// <param name="options">How it is created.</param>
    /// <param name="isOverlay">Whether it has a backing image full of data.</param>
    /// <param name="seed">Another seed makes other work.</param>
    /// <param name="missing">The barrier that is left out.</param>
    public static async Task<CrashWorkload> RunAsync(
        string format, string options, bool isOverlay, int seed, FlushBefore missing = FlushBefore.Anything)
    {
        uint[] initial = [.. Enumerable.Range(0, SectorCount).Select(sector => isOverlay ? 0x8000_0000 + (uint)sector : 0)];
        byte[] below = [.. initial.SelectMany(value => SectorModel.Fill(value, 1))];
        BackingLink? link = isOverlay ? new BackingLink("below", "raw") : null;
        MemoryStorage disk = await MemoryDisk.CreateAsync(format, $"{options},size={DiskBytes}", link);
        PowerCutStorage storage = await PowerCutStorage.StartAsync(disk, CancellationToken.None);
        CrashWorkload workload = new(format, below, new SectorModel(initial), storage);
        Random random = new(seed);
        int leftOutCount = 0;
        for (int run = 0; run < 2; run++)
        {
            MissingBarrierStorage barriers = new(storage, missing);
            await using Image image = await MemoryDisk.OpenOverAsync(barriers, format, below);
            for (int i = 0; i < 12; i++)
            {
                await workload.StepAsync(image, barriers, random, value: (uint)(run * 1000 + i + 1));
            }

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

    private async Task StepAsync(Image image, MissingBarrierStorage barriers, Random random, uint value)
    {
        int count = random.Next(1, random.Next(3) == 0 ? 600 : 60);
        int sector = random.Next(SectorCount - count);
        int moment = _storage.Cuts[^1];
        int offset = sector * SectorModel.SectorBytes;
        switch (random.Next(8))
        {
            case 0:
                await FlushAsync(image, barriers);
                break;
            case 1:
                // What is discarded may come back, or be what an older write left.
                _model.Set(sector, count, 0, moment, mayKeepOld: true);
                await image.DiscardAsync(offset, count * SectorModel.SectorBytes);
                break;
            case 2:
                _model.Set(sector, count, 0, moment, mayKeepOld: false);
                await image.ZeroAsync(offset, count * SectorModel.SectorBytes);
                break;
            default:
                _model.Set(sector, count, value, moment, mayKeepOld: false);
                await image.WriteAsync(offset, SectorModel.Fill(value, count));
                break;
        }
    }

    private async Task FlushAsync(Image image, MissingBarrierStorage barriers)
    {
        barriers.BeginGuestFlush(image);
        await image.FlushAsync();
        _model.Flush(_storage.Cuts[^1]);
    }
}
