namespace BlockGen.Tests.Storage;

/// <summary>What <see cref="IStorage"/> promises, for every storage.</summary>
public sealed class StorageContractTests
{
    public static TheoryData<StorageKind> Kinds => new(Enum.GetValues<StorageKind>());

    public static TheoryData<StorageKind, int> KindsWithSeeds
    {
        get
        {
            TheoryData<StorageKind, int> data = [];
            foreach (StorageKind kind in Enum.GetValues<StorageKind>())
            {
                data.Add(kind, 1);
                data.Add(kind, 2);
                data.Add(kind, 3);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(KindsWithSeeds))]
    public async Task Random_operations_leave_what_plain_bytes_would_hold(StorageKind kind, int seed)
    {
        await using StorageFixture fixture = StorageFixture.Create(kind);
        StorageModel model = new(fixture.Storage, fixture.CanResize);
        await model.StartAsync();
        await model.RunAsync(new Random(seed), 300);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Parallel_writers_to_neighbouring_bytes_do_not_disturb_each_other(StorageKind kind)
    {
        const int writerCount = 8;
        const int roundCount = 40;
        const int pieceBytes = 700; // shares sectors and chunks with its neighbours
        await using StorageFixture fixture = StorageFixture.Create(kind);
        IStorage storage = fixture.Storage;

        async Task WriteAsync(int writer)
        {
            await Task.Yield();
            byte[] piece = new byte[pieceBytes];
            Array.Fill(piece, (byte)(writer + 1));
            for (int round = 0; round < roundCount; round++)
            {
                ulong offset = (ulong)((round * writerCount + writer) * pieceBytes);
                await storage.WriteAsync(new HostOffset(offset), piece, default);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, writerCount).Select(WriteAsync));

        byte[] all = new byte[writerCount * roundCount * pieceBytes];
        await storage.ReadAsync(new HostOffset(0), all, default);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal(i / pieceBytes % writerCount + 1, all[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cancelled_calls_do_nothing(StorageKind kind)
    {
        await using StorageFixture fixture = StorageFixture.Create(kind);
        IStorage storage = fixture.Storage;
        CancellationToken cancelled = new(canceled: true);
        byte[] bytes = new byte[512];
        HostRange range = new(0, 512);
        ulong length = storage.Length;

        await Cancels(async () => await storage.ReadAsync(new HostOffset(0), bytes, cancelled));
        await Cancels(async () => await storage.WriteAsync(new HostOffset(0), bytes, cancelled));
        await Cancels(async () => await storage.WriteZeroesAsync(range, ZeroMode.MayUnmap, cancelled));
        await Cancels(async () => await storage.DiscardAsync(range, cancelled));
        await Cancels(async () => await storage.FlushAsync(cancelled));
        await Cancels(async () => await storage.SetLengthAsync(length, cancelled));
        await Cancels(async () => await storage.MapAsync(range, cancelled));
        Assert.Equal(length, storage.Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Reads_past_the_largest_offset_are_zeroes_and_writes_there_fail(StorageKind kind)
    {
        await using StorageFixture fixture = StorageFixture.Create(kind);
        HostOffset far = new(ulong.MaxValue - 100);
        byte[] bytes = [1, 2, 3];

        IOException error = await Assert.ThrowsAsync<IOException>(
            async () => await fixture.Storage.WriteAsync(far, bytes, default));
        Assert.Contains(fixture.Storage.Name, error.Message, StringComparison.Ordinal);
        Assert.Contains("0xffffffffffffff9b", error.Message, StringComparison.Ordinal);

        await fixture.Storage.ReadAsync(far, bytes, default);
        Assert.Equal([0, 0, 0], bytes);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Empty_requests_change_nothing(StorageKind kind)
    {
        await using StorageFixture fixture = StorageFixture.Create(kind);
        IStorage storage = fixture.Storage;
        ulong length = storage.Length;
        HostRange empty = new(100, 0);

        await storage.WriteAsync(empty.Start, Array.Empty<byte>(), default);
        await storage.ReadAsync(empty.Start, Array.Empty<byte>(), default);
        await storage.WriteZeroesAsync(empty, ZeroMode.MayUnmap, default);
        await storage.WriteZeroesAsync(empty, ZeroMode.KeepAllocated, default);
        await storage.DiscardAsync(empty, default);

        Assert.Equal(length, storage.Length);
    }

    private static Task Cancels(Func<Task> call) => Assert.ThrowsAnyAsync<OperationCanceledException>(call);
}
