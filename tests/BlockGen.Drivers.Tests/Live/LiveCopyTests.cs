using BlockGen.Drivers;

namespace BlockGen.Drivers.Tests.Live;

/// <summary>Copies of an image that guests write to all the while.</summary>
public sealed class LiveCopyTests
{
    private const int DiskBytes = 4 << 20;
    private const int SectorBytes = 512;
    private const int GuestCount = 3;

    private static readonly FormatRegistry Formats = new(DiskFormats.All);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Guests_go_over_to_a_mirror_without_losing_a_write(int seed)
    {
        byte[] model = new byte[DiskBytes];
        await using Image source = await MakeChainAsync(model, seed);
        await using Image target = await MakeAsync("qcow2", link: null);
        await using LiveImage live = new(source);
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Guests guests = new(live, model, seed);

        MirrorJob job = live.StartMirror(new MirrorOptions { Target = target, Ready = ready.SetResult });
        await await Task.WhenAny(ready.Task, job.Completion);
        await guests.WriteAsync(writeCount: 50);
        job.Complete(exchanges: true);
        await job.Completion;
        await guests.WriteAsync(writeCount: 50);
        await guests.StopAsync();

        Assert.Same(target, live.Current);
        Assert.Equal(model, await ReadAsync(live));
        Assert.Equal(model, await ReadAsync(target));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task The_top_is_committed_while_guests_write_to_it(int seed)
    {
        byte[] model = new byte[DiskBytes];
        await using Image source = await MakeChainAsync(model, seed);
        await using LiveImage live = new(source);
        Image baseLayer = source.Backing!;
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Guests guests = new(live, model, seed);

        MirrorJob job = live.StartMirror(
            new MirrorOptions { Target = baseLayer, Base = baseLayer, Ready = ready.SetResult });
        await await Task.WhenAny(ready.Task, job.Completion);
        await guests.WriteAsync(writeCount: 50);
        job.Complete(exchanges: true);
        await job.Completion;
        await guests.WriteAsync(writeCount: 50);
        await guests.StopAsync();

        Assert.Equal(model, await ReadAsync(baseLayer));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(24)]
    public async Task A_backup_is_the_disk_as_it_was_when_it_began(int seed)
    {
        byte[] model = new byte[DiskBytes];
        await using Image source = await MakeChainAsync(model, seed);
        await using Image target = await MakeAsync("raw", link: null);
        await using LiveImage live = new(source);
        byte[] before = [.. model];

        // Slow enough that guests are ahead of it.
        BackupJob job = await live.StartBackupAsync(
            new BackupOptions { Target = target, SpeedBytesPerSecond = 1 << 20 }, CancellationToken.None);
        await using Guests guests = new(live, model, seed);
        await guests.WriteAsync(writeCount: 100);
        job.SpeedBytesPerSecond = 0;
        await job.Completion;
        await guests.StopAsync();

        Assert.NotEqual(before, model);
        Assert.Equal(before, await ReadAsync(target));
        Assert.Equal(model, await ReadAsync(live));
    }

    [Fact]
    public async Task A_backup_that_cannot_be_kept_up_fails_and_leaves_the_guest_alone()
    {
        byte[] model = new byte[DiskBytes];
        await using Image source = await MakeChainAsync(model, seed: 31);
        MemoryStorage file = new();
        await file.SetLengthAsync(DiskBytes, CancellationToken.None);
        FaultStorage failing = new(file, request => request.Operation is StorageOperation.Write
            ? Fault.Throw(_ => new IOException("the target is broken"))
            : null);
        await using Image target = await Formats.OpenAsync(failing, "raw", new OpenOptions(), CancellationToken.None);
        await using LiveImage live = new(source);

        BackupJob job = await live.StartBackupAsync(
            new BackupOptions { Target = target, CopiesChangesOnly = true }, CancellationToken.None);
        byte[] data = [.. Enumerable.Repeat((byte)0xa5, 4096)];
        await live.WriteAsync(new GuestOffset(8192), data, CancellationToken.None);

        IOException failure = await Assert.ThrowsAsync<IOException>(() => job.Completion);
        Assert.Equal("the target is broken", failure.Message);
        byte[] stored = new byte[4096];
        await live.ReadAsync(new GuestOffset(8192), stored, CancellationToken.None);
        Assert.Equal(data, stored);
    }

    [Fact]
    public async Task A_guest_goes_on_when_the_target_of_a_cancelled_backup_is_closed_under_its_write()
    {
        byte[] model = new byte[DiskBytes];
        await using Image source = await MakeChainAsync(model, seed: 32);
        MemoryStorage file = new();
        await file.SetLengthAsync(DiskBytes, CancellationToken.None);
        TaskCompletionSource isWriting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FaultStorage closing = new(file, request => request.Operation is StorageOperation.Write
            ? Fault.Throw(_ =>
            {
                isWriting.TrySetResult();
                return new ObjectDisposedException("the target");
            })
            : null);
        await using Image target = await Formats.OpenAsync(closing, "raw", new OpenOptions(), CancellationToken.None);
        await using LiveImage live = new(source);

        BackupJob job = await live.StartBackupAsync(
            new BackupOptions { Target = target, CopiesChangesOnly = true }, CancellationToken.None);
        byte[] data = [.. Enumerable.Repeat((byte)0xa5, 4096)];
        ValueTask write = live.WriteAsync(new GuestOffset(8192), data, CancellationToken.None);
        await isWriting.Task;
        job.Cancel();
        await write;

        await Assert.ThrowsAnyAsync<Exception>(() => job.Completion);
        byte[] stored = new byte[4096];
        await live.ReadAsync(new GuestOffset(8192), stored, CancellationToken.None);
        Assert.Equal(data, stored);
    }

    private static async Task<Image> MakeChainAsync(byte[] model, int seed)
    {
        Random random = new(seed);
        random.NextBytes(model.AsSpan(0, DiskBytes / 2));
        Image baseLayer = await MakeAsync("raw", link: null);
        await baseLayer.WriteAsync(new GuestOffset(0), model[..(DiskBytes / 2)], CancellationToken.None);
        Image top = await MakeAsync("qcow2", new BackingLink("base", "raw"));
        top.AttachBacking(baseLayer);
        byte[] own = new byte[300_000];
        random.NextBytes(own);
        own.CopyTo(model, 1_000_000);
        await top.WriteAsync(new GuestOffset(1_000_000), own, CancellationToken.None);
        return top;
    }

    private static async Task<Image> MakeAsync(string format, BackingLink? link)
    {
        MemoryStorage storage = new();
        Dictionary<string, string> values = new() { ["size"] = $"{DiskBytes}" };
        await Formats.Find(format).CreateAsync!(storage, values, link, CancellationToken.None);
        return await Formats.OpenAsync(storage, format, new OpenOptions { OpenBacking = false }, CancellationToken.None);
    }

    private static async Task<byte[]> ReadAsync(Image image)
    {
        byte[] disk = new byte[DiskBytes];
        await image.ReadAsync(new GuestOffset(0), disk, CancellationToken.None);
        return disk;
    }

    /// <summary>Guests, each with sectors of its own, that write and zero until they are stopped.</summary>
    private sealed class Guests : IAsyncDisposable
    {
        private readonly LiveImage _live;
        private readonly byte[] _model;
        private readonly CancellationTokenSource _stop = new();
        private readonly SemaphoreSlim _written = new(0);
        private readonly Task _all;

        public Guests(LiveImage live, byte[] model, int seed)
        {
            (_live, _model) = (live, model);
            _all = Task.WhenAll(Enumerable.Range(0, GuestCount).Select(guest => Task.Run(() => RunAsync(guest, seed))));
        }

        /// <summary>Returns when so many more writes are done.</summary>
        public async Task WriteAsync(int writeCount)
        {
            for (int count = 0; count < writeCount; count++)
            {
                await await Task.WhenAny(_written.WaitAsync(), _all);
            }
        }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _all;
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
            _written.Dispose();
        }

        private async Task RunAsync(int guest, int seed)
        {
            Random random = new(seed * GuestCount + guest);
            int areaBytes = DiskBytes / GuestCount / SectorBytes * SectorBytes;
            while (!_stop.IsCancellationRequested)
            {
                int length = random.Next(1, 100) * SectorBytes;
                int at = guest * areaBytes + random.Next((areaBytes - length) / SectorBytes) * SectorBytes;
                byte[] data = new byte[length];
                if (random.Next(4) == 0)
                {
                    await _live.WriteZeroesAsync(
                        new GuestRange((ulong)at, (ulong)length), ZeroMode.MayUnmap, CancellationToken.None);
                }
                else
                {
                    random.NextBytes(data);
                    await _live.WriteAsync(new GuestOffset((ulong)at), data, CancellationToken.None);
                }

                data.CopyTo(_model, at);
                _written.Release();
            }
        }
    }
}
