namespace BlockGen.Cli;

/// <summary>What the guests have done so far.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class GuestCounts
{
    private long _writes; // Interlocked
    private long _reads; // Interlocked
    private long _scribbles; // Interlocked
    private long _wrongReads; // Interlocked

    public long Writes => Interlocked.Read(ref _writes);

    public long Reads => Interlocked.Read(ref _reads);

    public long Scribbles => Interlocked.Read(ref _scribbles);

    /// <summary>Reads that did not return what the guest itself had written.</summary>
    public long WrongReads => Interlocked.Read(ref _wrongReads);

    public void AddWrite() => Interlocked.Increment(ref _writes);

    public void AddRead() => Interlocked.Increment(ref _reads);

    public void AddScribble() => Interlocked.Increment(ref _scribbles);

    public void AddWrongRead() => Interlocked.Increment(ref _wrongReads);
}

/// <summary>
/// A guest at work: writes to its own stripes, reads them back, and reads anywhere else while it scribbles on the
/// buffer that the read fills, as a guest may.
/// </summary>
internal sealed class TourGuest(Image image, TourDisk disk, int number, int seed, GuestCounts counts)
{
    private const int LongestRead = 200_000;
    private const byte Scribble = 0x5a;

    private readonly Random _random = new(seed + number);

    /// <summary>Works until it is told to stop; a request that has begun is brought to its end.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            switch (_random.Next(3))
            {
                case 0:
                    await WriteOwnAsync();
                    break;
                case 1:
                    await ReadOwnAsync();
                    break;
                default:
                    await ReadAndScribbleAsync();
                    break;
            }

            await Task.Delay(_random.Next(1, 8), CancellationToken.None);
        }
    }

    private async ValueTask WriteOwnAsync()
    {
        (int start, int length) = disk.PickOwn(number, _random);
        byte[] data = new byte[length];
        _random.NextBytes(data);
        await image.WriteAsync(new GuestOffset((ulong)start), data, CancellationToken.None);
        disk.Note(start, data);
        counts.AddWrite();
    }

    private async ValueTask ReadOwnAsync()
    {
        (int start, int length) = disk.PickOwn(number, _random);
        byte[] data = new byte[length];
        await image.ReadAsync(new GuestOffset((ulong)start), data, CancellationToken.None);
        counts.AddRead();
        if (!data.AsSpan().SequenceEqual(disk.Expected(start, length)))
        {
            counts.AddWrongRead();
        }
    }

    // The buffer changes while the read is under way and after it: neither may reach the image.
    private async ValueTask ReadAndScribbleAsync()
    {
        int start = _random.Next(TourDisk.Bytes - LongestRead);
        byte[] data = new byte[_random.Next(1, LongestRead)];
        Task read = image.ReadAsync(new GuestOffset((ulong)start), data, CancellationToken.None).AsTask();
        data.AsSpan(_random.Next(data.Length)).Fill(Scribble);
        await read;
        data.AsSpan().Fill(Scribble);
        counts.AddRead();
        counts.AddScribble();
    }
}
