namespace BlockGen.Testing;

/// <summary>
/// Guests that write, zero and read at random places of a disk, all at once. Each owns stripes of the disk that nobody
/// else writes, so that every byte has one right value at any time.
/// </summary>
public sealed class GuestLoad
{
    private const int Guests = 16;
    private const int StripeBytes = 3001;
    private const int LongestRead = 50_000;

    private readonly StreamedDisk _disk;
    private readonly Task[] _guests;
    private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;
    private volatile bool _isEnding;

    private GuestLoad(StreamedDisk disk, int seed)
    {
        _disk = disk;
        _guests = [.. Enumerable.Range(0, Guests).Select(
            guest => Task.Run(() => RunAsync(guest, new Random(seed * 1000 + guest))))];
    }

    /// <summary>Starts the guests and returns when they are well under way.</summary>
    public static async Task<GuestLoad> StartAsync(StreamedDisk disk, int seed)
    {
        GuestLoad load = new(disk, seed);
        await Task.WhenAny(load._warm.Task, Task.WhenAll(load._guests)).ConfigureAwait(false);
        return load;
    }

    /// <summary>Lets every guest do a little more, then end; throws what a guest has found wrong.</summary>
    public Task EndAsync()
    {
        _isEnding = true;
        return Task.WhenAll(_guests);
    }

    private async Task RunAsync(int guest, Random random)
    {
        const int fewest = 30;
        const int more = 10;
        for (int left = fewest; left > 0; left = _isEnding ? left - 1 : Math.Max(left - 1, more))
        {
            await (random.Next(10) switch
            {
                < 4 => WriteAsync(guest, random),
                4 => WriteZeroesAsync(guest, random),
                < 8 => ReadOwnAsync(guest, random),
                8 => ReadAcrossAsync(guest, random),
                _ => FlushSometimesAsync(random),
            }).ConfigureAwait(false);
            if (Interlocked.Increment(ref _requests) == Guests * 4)
            {
                _warm.TrySetResult();
            }
        }
    }

    private async Task WriteAsync(int guest, Random random)
    {
        (int start, int length) = OwnRange(guest, random);
        byte[] data = new byte[length];
        random.NextBytes(data);
        data.CopyTo(_disk.Expected, start);
        await _disk.Image.WriteAsync(start, data).ConfigureAwait(false);

        // The write is complete: its buffer is the guest's again.
        data.AsSpan().Fill(0xBB);
    }

    private async Task WriteZeroesAsync(int guest, Random random)
    {
        (int start, int length) = OwnRange(guest, random);
        _disk.Expected.AsSpan(start, length).Clear();
        ZeroMode mode = random.Next(2) == 0 ? ZeroMode.MayUnmap : ZeroMode.KeepAllocated;
        await _disk.Image.ZeroAsync(start, length, mode).ConfigureAwait(false);
    }

    private async Task ReadOwnAsync(int guest, Random random)
    {
        (int start, int length) = OwnRange(guest, random);
        byte[] buffer = new byte[length];
        await ReadWhileScribblingAsync(start, buffer).ConfigureAwait(false);
        AssertOwn(start, buffer);
        buffer.AsSpan().Fill(0xCC);
    }

    /// <summary>Reads over other guests' stripes too; of the bytes only its own are certain.</summary>
    private async Task ReadAcrossAsync(int guest, Random random)
    {
        int length = random.Next(1, LongestRead);
        int start = random.Next(_disk.Expected.Length - length);
        byte[] buffer = new byte[length];
        await ReadWhileScribblingAsync(start, buffer).ConfigureAwait(false);
        for (int at = start; at < start + length;)
        {
            int end = Math.Min((at / StripeBytes + 1) * StripeBytes, start + length);
            if (at / StripeBytes % Guests == guest)
            {
                AssertOwn(at, buffer[(at - start)..(end - start)]);
            }

            at = end;
        }
    }

    private Task FlushSometimesAsync(Random random) => random.Next(4) == 0
        ? _disk.Image.FlushAsync().AsTask()
        : Task.CompletedTask;

    /// <summary>Scribbles on the buffer before the bytes arrive and, in a copy of the range, while they do.</summary>
    private async Task ReadWhileScribblingAsync(int start, byte[] buffer)
    {
        buffer.AsSpan().Fill(0xAA);
        await _disk.Image.ReadAsync(new GuestOffset((ulong)start), buffer, CancellationToken.None)
            .ConfigureAwait(false);

        byte[] scribbled = new byte[buffer.Length];
        Task read = _disk.Image.ReadAsync(new GuestOffset((ulong)start), scribbled, CancellationToken.None).AsTask();
        do
        {
            scribbled.AsSpan().Fill(0xEE);
            await Task.Yield();
        }
        while (!read.IsCompleted);
        await read.ConfigureAwait(false);
        scribbled.AsSpan().Fill(0xDD);
    }

    private void AssertOwn(int start, ReadOnlySpan<byte> found)
    {
        int same = found.CommonPrefixLength(_disk.Expected.AsSpan(start, found.Length));
        Assert.True(same == found.Length, $"a guest reads something else than it wrote at 0x{start + same:x}");
    }

    private (int Start, int Length) OwnRange(int guest, Random random)
    {
        int stripes = _disk.Expected.Length / (StripeBytes * Guests);
        int start = (random.Next(stripes) * Guests + guest) * StripeBytes;
        int offset = random.Next(StripeBytes);
        return (start + offset, random.Next(1, StripeBytes - offset + 1));
    }
}
