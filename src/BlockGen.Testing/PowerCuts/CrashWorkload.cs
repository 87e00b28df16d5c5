namespace BlockGen.Testing;

/// <summary>How a guest works.</summary>
internal enum WorkStyle
{
    /// <summary>One request after the other.</summary>
    OneByOne,

    /// <summary>Several requests at once.</summary>
    SeveralAtOnce,

    /// <summary>Several requests at once while the image is streamed.</summary>
    BesideStream,
}

/// <summary>A guest's work on a disk whose power may be cut at any moment, and what must be found afterwards.</summary>
internal sealed class CrashWorkload
{
    private const int SessionCount = 2;
    private const int StepCount = 12;

    private readonly SectorDisk _disk;
    private readonly List<GuestFlush> _guestFlushes = [];
    private WriteOrderCheck? _order;

    private CrashWorkload(SectorDisk disk, PowerCutStorage recording)
    {
        (_disk, Recording) = (disk, recording);
    }

    /// <summary>What reached the storage.</summary>
    public PowerCutStorage Recording { get; }

    /// <summary>What was declared.</summary>
    public WriteOrderCheck Order => _order ?? throw new InvalidOperationException("the work is not done");

    /// <summary>Does the work.</summary>
    /// <param name="recipe">How the image is made.</param>
    /// <param name="diskBytes">Bytes of its disk.</param>
    /// <param name="seed">Another seed makes other work.</param>
    /// <param name="style">How the guest works.</param>
    public static async Task<CrashWorkload> RunAsync(ImageRecipe recipe, int diskBytes, int seed, WorkStyle style)
    {
        SectorDisk disk = await SectorDisk.CreateAsync(recipe, diskBytes).ConfigureAwait(false);
        PowerCutStorage recording = await PowerCutStorage.StartAsync(disk.Storage, CancellationToken.None)
            .ConfigureAwait(false);
        CrashWorkload workload = new(disk, recording);
        Random random = new(seed);
        for (int session = 0; session < SessionCount; session++)
        {
            await workload.RunSessionAsync(session, random, style).ConfigureAwait(false);
        }

        return workload;
    }

    /// <summary>A random choice of different states that a power cut may leave.</summary>
    public IReadOnlyList<PowerCutState> SampleStates(PowerCutStorage recording, int count, int seed)
    {
        int[] durable = [.. recording.Changes.Select(change => change.DurableAt)];
        PowerCutState[] states = [.. recording.States(mostPerCut: 150, seed).DistinctBy(
            state => $"{durable.Count(at => at <= state.Cut)}: {string.Join(',', state.Survivors)}")];
        new Random(seed).Shuffle(states);
        return states[..Math.Min(count, states.Length)];
    }

    /// <summary>What is wrong with the disk after a power cut; null when the guest can go on working.</summary>
    public async Task<string?> FindDamageAsync(PowerCutStorage recording, PowerCutState state)
    {
        MemoryStorage storage = recording.Materialize(state);
        try
        {
            string? damage = await FindMissingMarkAsync(recording, state, storage).ConfigureAwait(false)
                ?? await FindLossAsync(storage, state).ConfigureAwait(false);
            return damage is null ? null : $"{damage}. {Order.Explain(recording, state)}";
        }
        catch (Exception error) when (error is ImageException or IOException)
        {
            return $"{error.Message}. {Order.Explain(recording, state)}";
        }
    }

    private async Task<string?> FindMissingMarkAsync(
        PowerCutStorage recording, PowerCutState state, MemoryStorage storage)
    {
        if (!Order.MustBeDirty(recording, state))
        {
            return null;
        }

        Image image = await _disk.Recipe.OpenAsync(
            storage, new OpenOptions { ReadOnly = true, OpenBacking = false }).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            return image.IsDirty ? null : "its tables were changed, and it is not marked as dirty";
        }
    }

    private async Task<string?> FindLossAsync(MemoryStorage storage, PowerCutState state)
    {
        Image image = await _disk.OpenAsync(storage).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            byte[] content = await image.ReadAsync(0, _disk.DiskBytes).ConfigureAwait(false);
            string? damage = await FindErrorAsync(image).ConfigureAwait(false)
                ?? _disk.Model.FindImpossible(content, state.Cut, mayLose: true);
            if (damage is not null)
            {
                return damage;
            }

            byte[] bytes = ImageExpectations.RandomBytes(10_000, 1);
            await image.WriteAsync(_disk.DiskBytes - bytes.Length, bytes).ConfigureAwait(false);
            await image.WriteAsync(_disk.DiskBytes / 2, bytes).ConfigureAwait(false);
        }

        Image again = await _disk.OpenAsync(storage).ConfigureAwait(false);
        await using (again.ConfigureAwait(false))
        {
            return await FindErrorAsync(again).ConfigureAwait(false) is { } found ? $"after writing: {found}" : null;
        }
    }

    private static async Task<string?> FindErrorAsync(Image image)
    {
        if (image.ClusterBytes == 0)
        {
            return null;
        }

        CheckReport report = await image.CheckAsync(CancellationToken.None).ConfigureAwait(false);
        return report.Findings.FirstOrDefault(finding => finding.Problem is not CheckProblem.WrongCount)?.Message;
    }

    private async Task RunSessionAsync(int session, Random random, WorkStyle style)
    {
        Image image = await _disk.OpenAsync(Recording).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            Task stream = style is WorkStyle.BesideStream && session == SessionCount - 1
                ? image.StartStream(new StreamOptions { MaxChunkBytes = 256 << 10 }).Completion
                : Task.CompletedTask;
            for (int i = 0; i < StepCount; i++)
            {
                int changeCount = style is WorkStyle.OneByOne ? 1 : 3;
                await StepAsync(image, session, random, changeCount, (uint)(session * 1000 + i * 3 + 1))
                    .ConfigureAwait(false);
            }

            await stream.ConfigureAwait(false);
            await FlushAsync(image, session).ConfigureAwait(false);
            if (session == SessionCount - 1)
            {
                RecordedChanges changes = await RecordedChanges.OfAsync(image).ConfigureAwait(false);
                _order = new WriteOrderCheck(WriteOrder.Of(image.Driver), changes, _guestFlushes);
            }
        }
    }

    /// <summary>A flush, or some changes at once, each in a part of the disk of its own.</summary>
    private async Task StepAsync(Image image, int session, Random random, int changeCount, uint value)
    {
        if (random.Next(8) == 0)
        {
            await FlushAsync(image, session).ConfigureAwait(false);
            return;
        }

        int partSectors = _disk.Model.SectorCount / changeCount;
        List<Func<ValueTask>> changes = [];
        for (int part = 0; part < changeCount; part++)
        {
            int count = random.Next(1, random.Next(3) == 0 ? 600 : 60);
            int sector = part * partSectors + random.Next(partSectors - count);
            changes.Add(Plan(image, random.Next(7), sector, count, value + (uint)part));
        }

        await Task.WhenAll(changes.Select(
            change => changeCount == 1 ? change().AsTask() : Task.Run(() => change().AsTask()))).ConfigureAwait(false);
    }

    private Func<ValueTask> Plan(Image image, int kind, int sector, int count, uint value)
    {
        int moment = Recording.Cuts[^1];
        int offset = sector * SectorModel.SectorBytes;
        int length = count * SectorModel.SectorBytes;
        switch (kind)
        {
            case 0:
                // What is discarded may come back, or be what an older write left.
                _disk.Model.Set(sector, count, 0, moment, mayKeepOld: true);
                return () => image.DiscardAsync(offset, length);
            case 1:
                _disk.Model.Set(sector, count, 0, moment, mayKeepOld: false);
                return () => image.ZeroAsync(offset, length);
            default:
                _disk.Model.Set(sector, count, value, moment, mayKeepOld: false);
                return () => image.WriteAsync(offset, SectorModel.Fill(value, count));
        }
    }

    private async Task FlushAsync(Image image, int session)
    {
        int firstChange = Recording.Changes.Count;
        int firstFlush = Recording.Flushes.Count;
        await image.FlushAsync().ConfigureAwait(false);
        _guestFlushes.Add(new GuestFlush(
            session, firstChange, Recording.Changes.Count, firstFlush, Recording.Flushes.Count));
        _disk.Model.Flush(Recording.Cuts[^1]);
    }
}
