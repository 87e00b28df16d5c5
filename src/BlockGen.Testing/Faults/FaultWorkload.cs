namespace BlockGen.Testing;

/// <summary>A guest's work on a storage with one mishap, and what must be true whatever it was that failed.</summary>
internal sealed class FaultWorkload
{
    private readonly SectorDisk _disk;
    private readonly MishapStorage _storage;
    private readonly Mishap _mishap;
    private int _errorCount;

    private FaultWorkload(SectorDisk disk, MishapStorage storage, Mishap mishap)
    {
        (_disk, _storage, _mishap) = (disk, storage, mishap);
    }

    /// <summary>Runs the work with one failing request; false when the work ended before that request.</summary>
    public static async Task<bool> RunAsync(ImageRecipe recipe, int diskBytes, Mishap mishap, long failing)
    {
        SectorDisk disk = await SectorDisk.CreateAsync(recipe, diskBytes).ConfigureAwait(false);
        MishapStorage storage = new(disk.Storage, mishap, failing);
        await new FaultWorkload(disk, storage, mishap).RunAsync().ConfigureAwait(false);
        return storage.WasHit;
    }

    private async Task RunAsync()
    {
        Image? image = null;
        while (image is null)
        {
            await TryAsync(async cancellation =>
                image = await _disk.OpenAsync(_storage, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        }

        Random random = new(1);
        for (int i = 1; i <= 25; i++)
        {
            await StepAsync(image, random, (uint)i).ConfigureAwait(false);
            image.ExpectIdle();
        }

        // The last flush is tried again until it succeeds: from then on all that was acknowledged must stay.
        while (!await TryAsync(cancellation => image.FlushAsync(cancellation).AsTask()).ConfigureAwait(false))
        {
            image.ExpectIdle();
        }

        _disk.Expect(await ReadUntilDoneAsync(image).ConfigureAwait(false), "open");
        await CloseAsync(image).ConfigureAwait(false);
        Assert.True(
            _errorCount == (_storage.WasHit ? 1 : 0),
            $"one request failed, and {_errorCount} callers heard of it");
        Image again = await _disk.OpenAsync(_disk.Storage).ConfigureAwait(false);
        await using (again.ConfigureAwait(false))
        {
            _disk.Expect(await again.ReadAsync(0, _disk.DiskBytes).ConfigureAwait(false), "reopened");
            await again.ExpectSoundAsync(mayLeak: true).ConfigureAwait(false);
        }
    }

    /// <summary>Closing cannot be cancelled: a request that hangs has to go on.</summary>
    private async Task CloseAsync(Image image)
    {
        bool hungBefore = _storage.Hangs.IsCompleted;
        Task closing = image.DisposeAsync().AsTask();
        if (!hungBefore && await Task.WhenAny(closing, _storage.Hangs).ConfigureAwait(false) != closing)
        {
            _storage.Release();
            _errorCount++;
        }

        await TryAsync(_ => closing).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadUntilDoneAsync(Image image)
    {
        byte[] content = new byte[_disk.DiskBytes];
        while (!await TryAsync(cancellation => image.ReadAsync(new GuestOffset(0), content, cancellation).AsTask())
            .ConfigureAwait(false))
        {
            image.ExpectIdle();
        }

        return content;
    }

    private async Task StepAsync(Image image, Random random, uint value)
    {
        SectorModel model = _disk.Model;
        int count = random.Next(1, random.Next(3) == 0 ? 1500 : 60);
        int sector = random.Next(model.SectorCount - count);
        GuestRange range = new((ulong)sector * SectorModel.SectorBytes, (ulong)count * SectorModel.SectorBytes);
        bool isDone;
        switch (random.Next(9))
        {
            case 0:
                await TryAsync(cancellation => image.FlushAsync(cancellation).AsTask()).ConfigureAwait(false);
                return;
            case 1:
                byte[] buffer = new byte[range.Length];
                await TryAsync(cancellation => image.ReadAsync(range.Start, buffer, cancellation).AsTask())
                    .ConfigureAwait(false);
                return;
            case 2:
                await TryAsync(cancellation => image.DiscardAsync(range, cancellation).AsTask()).ConfigureAwait(false);
                model.Set(sector, count, 0, 0, mayKeepOld: true);
                return;
            case 3:
                isDone = await TryAsync(cancellation =>
                    image.WriteZeroesAsync(range, ZeroMode.MayUnmap, cancellation).AsTask()).ConfigureAwait(false);
                model.Set(sector, count, 0, 0, mayKeepOld: !isDone);
                return;
            default:
                byte[] bytes = SectorModel.Fill(value, count);
                isDone = await TryAsync(cancellation => image.WriteAsync(range.Start, bytes, cancellation).AsTask())
                    .ConfigureAwait(false);
                model.Set(sector, count, value, 0, mayKeepOld: !isDone);
                return;
        }
    }

    /// <summary>
    /// Whether it succeeded. The only error there may be is the injected one; what hangs is cancelled and must end.
    /// </summary>
    private async Task<bool> TryAsync(Func<CancellationToken, Task> request)
    {
        using CancellationTokenSource cancel = new();
        try
        {
            bool hungBefore = _storage.Hangs.IsCompleted;
            Task running = request(cancel.Token);
            if (!hungBefore && await Task.WhenAny(running, _storage.Hangs).ConfigureAwait(false) != running)
            {
                await cancel.CancelAsync().ConfigureAwait(false);
            }

            await running.ConfigureAwait(false);
            return true;
        }
        catch (IOException error)
        {
            Assert.Contains(MishapStorage.Mark, error.Message, StringComparison.Ordinal);
        }
        catch (OperationCanceledException) when (_mishap is Mishap.Hang)
        {
        }

        _errorCount++;
        return false;
    }
}
