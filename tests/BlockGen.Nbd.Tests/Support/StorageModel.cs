namespace BlockGen.Nbd.Tests;

/// <summary>Random requests to a storage, compared with memory that got the same ones.</summary>
internal static class StorageModel
{
    private const int MostBytes = 300_000;

    public static async Task CheckAsync(IStorage storage, int diskBytes, int seed, int requestCount)
    {
        Assert.Equal((ulong)diskBytes, storage.Length);
        Random random = new(seed);
        byte[] expected = new byte[diskBytes];
        await storage.ReadAsync(new HostOffset(0), expected, CancellationToken.None);
        for (int count = 0; count < requestCount; count++)
        {
            int start = random.Next(diskBytes - 1);
            int length = Math.Min(random.Next(1, random.Next(2) == 0 ? 5000 : MostBytes), diskBytes - start);
            await ChangeAsync(storage, random, expected.AsMemory(start, length), start);
            await VerifyAsync(storage, expected, start, length);
        }

        await storage.FlushAsync(CancellationToken.None);
        await VerifyAsync(storage, expected, 0, diskBytes);
    }

    private static async Task ChangeAsync(IStorage storage, Random random, Memory<byte> expected, int start)
    {
        HostRange range = new((ulong)start, (ulong)expected.Length);
        switch (random.Next(4))
        {
            case 0:
                expected.Span.Clear();
                ZeroMode mode = random.Next(2) == 0 ? ZeroMode.MayUnmap : ZeroMode.KeepAllocated;
                await storage.WriteZeroesAsync(range, mode, CancellationToken.None);
                break;
            case 1:
                await storage.DiscardAsync(range, CancellationToken.None);
                await storage.ReadAsync(range.Start, expected, CancellationToken.None);
                break;
            default:
                random.NextBytes(expected.Span);
                await storage.WriteAsync(range.Start, expected, CancellationToken.None);
                break;
        }
    }

    private static async Task VerifyAsync(IStorage storage, byte[] expected, int start, int length)
    {
        byte[] actual = new byte[length];
        await storage.ReadAsync(new HostOffset((ulong)start), actual, CancellationToken.None);
        Assert.True(
            actual.AsSpan().SequenceEqual(expected.AsSpan(start, length)), $"[{start}, {start + length}) differs");
        StorageExtent run = await storage.MapAsync(
            new HostRange((ulong)start, (ulong)length), CancellationToken.None);
        Assert.True(
            !run.IsHole || !expected.AsSpan(start, (int)run.Length).ContainsAnyExcept((byte)0),
            $"a hole at {start} is not zero");
    }
}
