namespace BlockGen.Testing;

/// <summary>
/// Workers whose requests fail or are cancelled at random, each in sectors of its own, all in the same clusters.
/// </summary>
internal sealed class UnreliableWorkers(Image image, int sectorCount, int seed)
{
    private const int WorkerCount = 6;
    private const int RequestCount = 60;
    private const int RunSectors = 4;

    private readonly object _lock = new();
    private int _failureCount; // guarded by _lock
    private int _cancelCount; // guarded by _lock

    public SectorModel Model { get; } = new(new uint[sectorCount]);

    public int FailureCount => _failureCount;

    public int CancelCount => _cancelCount;

    public Task RunAsync() =>
        Task.WhenAll(Enumerable.Range(0, WorkerCount).Select(worker => Task.Run(() => WorkAsync(worker))));

    private async Task WorkAsync(int worker)
    {
        Random random = new(seed * 100 + worker);
        for (int i = 0; i < RequestCount; i++)
        {
            int run = random.Next(sectorCount / RunSectors / WorkerCount) * WorkerCount + worker;
            int sector = run * RunSectors;
            uint value = random.Next(4) == 0 ? 0 : (uint)(worker * 1000 + i + 1);
            bool isDone = await TryAsync(random, cancellation => ChangeAsync(sector, value, cancellation))
                .ConfigureAwait(false);
            lock (_lock)
            {
                Model.Set(sector, RunSectors, value, 0, mayKeepOld: !isDone);
            }

            if (random.Next(10) == 0)
            {
                await TryAsync(random, image.FlushAsync).ConfigureAwait(false);
            }
        }
    }

    private ValueTask ChangeAsync(int sector, uint value, CancellationToken cancellation)
    {
        ulong offset = (ulong)sector * SectorModel.SectorBytes;
        return value == 0
            ? image.WriteZeroesAsync(
                new GuestRange(offset, RunSectors * SectorModel.SectorBytes), ZeroMode.MayUnmap, cancellation)
            : image.WriteAsync(new GuestOffset(offset), SectorModel.Fill(value, RunSectors), cancellation);
    }

    private async Task<bool> TryAsync(Random random, Func<CancellationToken, ValueTask> request)
    {
        using CancellationTokenSource cancel = new();
        Task running = Task.Run(() => request(cancel.Token).AsTask());
        for (int yields = random.Next(20); yields > 0 && !running.IsCompleted; yields--)
        {
            await Task.Yield();
        }

        if (random.Next(3) == 0)
        {
            await cancel.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            await running.ConfigureAwait(false);
            return true;
        }
        catch (IOException error)
        {
            Assert.Contains("injected", error.Message, StringComparison.Ordinal);
            lock (_lock)
            {
                _failureCount++;
            }
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _cancelCount++;
            }
        }

        return false;
    }
}
