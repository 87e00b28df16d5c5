namespace BlockGen.Tests.Storage;

/// <summary>What a storage must hold, as plain bytes beside it: every operation is done to both and compared.</summary>
internal sealed class StorageModel(IStorage storage, bool canResize)
{
    private const int MostBytes = 900_000;

    private byte[] _expected = [];

    public async Task StartAsync()
    {
        _expected = new byte[storage.Length];
        await CompareAllAsync();
    }

    public async Task RunAsync(Random random, int operationCount)
    {
        for (int i = 0; i < operationCount; i++)
        {
            await StepAsync(random);
        }

        await CompareAllAsync();
    }

    public async Task CompareAllAsync()
    {
        Assert.Equal((ulong)_expected.Length, storage.Length);
        await CompareAsync(0, _expected.Length + 5000);
        await CompareMapAsync();
    }

    private Task StepAsync(Random random)
    {
        int limit = canResize ? MostBytes : _expected.Length;
        int offset = random.Next(limit - 1);
        int length = random.Next(1, Math.Min(random.Next(3) == 0 ? 200_000 : 3000, limit - offset) + 1);
        if (random.Next(3) == 0)
        {
            offset = offset / 4096 * 4096;
            length = Math.Min((length + 4095) / 4096 * 4096, limit - offset);
        }

        return random.Next(12) switch
        {
            0 => ZeroAsync(offset, length, ZeroMode.MayUnmap),
            1 => ZeroAsync(offset, length, ZeroMode.KeepAllocated),
            2 => DiscardAsync(offset, length),
            3 when canResize => SetLengthAsync(random.Next(MostBytes)),
            4 => CompareMapAsync(),
            5 => storage.FlushAsync(default).AsTask(),
            < 9 => CompareAsync(offset, length),
            _ => WriteAsync(offset, length, random),
        };
    }

    private async Task WriteAsync(int offset, int length, Random random)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        await storage.WriteAsync(new HostOffset((ulong)offset), bytes, default);
        GrowTo(offset + length);
        bytes.CopyTo(_expected, offset);
    }

    private async Task ZeroAsync(int offset, int length, ZeroMode mode)
    {
        await storage.WriteZeroesAsync(new HostRange((ulong)offset, (ulong)length), mode, default);
        GrowTo(offset + length);
        _expected.AsSpan(offset, length).Clear();
    }

    private async Task DiscardAsync(int offset, int length)
    {
        await storage.DiscardAsync(new HostRange((ulong)offset, (ulong)length), default);
        Assert.Equal((ulong)_expected.Length, storage.Length);
        int end = Math.Min(offset + length, _expected.Length);
        if (offset >= end)
        {
            return;
        }

        byte[] after = await ReadAsync(offset, end - offset);
        if (after.AsSpan().ContainsAnyExcept((byte)0))
        {
            Assert.Equal(_expected[offset..end], after);
        }

        after.CopyTo(_expected, offset);
    }

    private async Task SetLengthAsync(int length)
    {
        await storage.SetLengthAsync((ulong)length, default);
        Array.Resize(ref _expected, length);
    }

    private async Task CompareAsync(int offset, int length)
    {
        byte[] expected = new byte[length];
        int present = Math.Clamp(_expected.Length - offset, 0, length);
        _expected.AsSpan(Math.Min(offset, _expected.Length), present).CopyTo(expected);
        byte[] actual = await ReadAsync(offset, length);
        int difference = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(difference == length, $"byte {offset + difference} of {_expected.Length} differs");
    }

    private async Task CompareMapAsync()
    {
        ulong offset = 0;
        ulong end = (ulong)_expected.Length + 10_000;
        while (offset < end)
        {
            StorageExtent extent = await storage.MapAsync(new HostRange(offset, end - offset), default);
            Assert.InRange(extent.Length, 1UL, end - offset);
            int start = (int)Math.Min(offset, (ulong)_expected.Length);
            int stop = (int)Math.Min(offset + extent.Length, (ulong)_expected.Length);
            if (extent.IsHole)
            {
                Assert.False(_expected.AsSpan(start..stop).ContainsAnyExcept((byte)0), $"data in the hole at {offset}");
            }
            else
            {
                Assert.True(offset + extent.Length <= (ulong)_expected.Length, "data past the end");
            }

            offset += extent.Length;
        }
    }

    private async Task<byte[]> ReadAsync(int offset, int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)0xcd);
        await storage.ReadAsync(new HostOffset((ulong)offset), bytes, default);
        return bytes;
    }

    private void GrowTo(int end)
    {
        if (end > _expected.Length)
        {
            Array.Resize(ref _expected, end);
        }
    }
}
