namespace BlockGen.Drivers.Tests;

/// <summary>What a disk must hold, as plain bytes beside it: every operation is done to both and compared.</summary>
internal sealed class GuestModel(byte[] expected, Random random, int mostBytes)
{
    /// <summary>The bytes the disk must hold.</summary>
    public byte[] Expected { get; } = expected;

    public async Task RunAsync(Image image, int operationCount)
    {
        for (int i = 0; i < operationCount; i++)
        {
            await StepAsync(image);
        }

        image.ExpectIdle();
        await image.ExpectContentAsync(Expected);
    }

    private async Task StepAsync(Image image)
    {
        int length = random.Next(1, Math.Min(random.Next(3) == 0 ? mostBytes : 3000, Expected.Length));
        int offset = random.Next(Expected.Length - length + 1);
        offset = random.Next(3) == 0 ? offset / 4096 * 4096 : offset;
        switch (random.Next(12))
        {
            case 0:
                await image.FlushAsync();
                break;
            case 1:
                await DiscardAsync(image, offset, length);
                break;
            case 2:
                await ExpectMappingAsync(image, offset, length);
                break;
            case < 5:
                await image.ZeroAsync(offset, length, random.Next(2) == 0 ? ZeroMode.MayUnmap : ZeroMode.KeepAllocated);
                Expected.AsSpan(offset, length).Clear();
                break;
            case < 7:
                byte[] found = await image.ReadAsync(offset, length);
                Assert.Equal(length, found.AsSpan().CommonPrefixLength(Expected.AsSpan(offset, length)));
                break;
            default:
                random.NextBytes(Expected.AsSpan(offset, length));
                await image.WriteAsync(offset, Expected.AsMemory(offset, length));
                break;
        }
    }

    /// <summary>What was discarded reads as zeroes or as before; from then on it must stay as it reads now.</summary>
    private async Task DiscardAsync(Image image, int offset, int length)
    {
        await image.DiscardAsync(offset, length);
        byte[] found = await image.ReadAsync(offset, length);
        for (int i = 0; i < length; i++)
        {
            Assert.True(
                found[i] == 0 || found[i] == Expected[offset + i], $"byte {offset + i} is neither zero nor as before");
        }

        found.CopyTo(Expected, offset);
    }

    /// <summary>Extents follow each other without a gap, and zero extents hold zeroes.</summary>
    private async Task ExpectMappingAsync(Image image, int offset, int length)
    {
        ulong at = (ulong)offset;
        ulong end = (ulong)(offset + length);
        while (at < end)
        {
            Extent extent = await image.MapAsync(new GuestRange(at, end - at), CancellationToken.None);
            Assert.Equal(at, extent.Range.Start.Value);
            Assert.InRange(extent.Length, 1UL, end - at);
            if (extent.Kind is MappingKind.Zero)
            {
                Assert.True(Expected.AsSpan((int)at, (int)extent.Length).IndexOfAnyExcept((byte)0) < 0);
            }

            Allocation allocation = await image.IsAllocatedAsync(extent.Range, CancellationToken.None);
            Assert.Equal(extent.IsAllocated, allocation.IsAllocated);
            Assert.Equal(extent.Length, allocation.Length);
            at += extent.Length;
        }
    }
}
