namespace BlockGen.Testing;

/// <summary>What a disk must hold, as plain bytes beside it: every operation is done to both and compared.</summary>
/// <remarks>For one guest: not thread-safe.</remarks>
/// <param name="expected">The bytes that the disk holds now; changed as the disk is.</param>
/// <param name="random">Chooses the operations.</param>
/// <param name="mostBytes">The longest operation.</param>
public sealed class GuestModel(byte[] expected, Random random, int mostBytes)
{
    /// <summary>The bytes that the disk must hold.</summary>
    public byte[] Expected { get; } = expected;

    /// <summary>Does so many random operations, and then compares the whole disk.</summary>
    public async Task RunAsync(Image image, int operationCount)
    {
        ArgumentNullException.ThrowIfNull(image);
        for (int i = 0; i < operationCount; i++)
        {
            await StepAsync(image).ConfigureAwait(false);
        }

        image.ExpectIdle();
        await image.ExpectContentAsync(Expected).ConfigureAwait(false);
    }

    private async Task StepAsync(Image image)
    {
        int length = random.Next(1, Math.Min(random.Next(3) == 0 ? mostBytes : 3000, Expected.Length));
        int offset = random.Next(Expected.Length - length + 1);
        offset = random.Next(3) == 0 ? offset / 4096 * 4096 : offset;
        switch (random.Next(12))
        {
            case 0:
                await image.FlushAsync().ConfigureAwait(false);
                break;
            case 1:
                await DiscardAsync(image, offset, length).ConfigureAwait(false);
                break;
            case 2:
                await ExpectMappingAsync(image, offset, length).ConfigureAwait(false);
                break;
            case < 5:
                ZeroMode mode = random.Next(2) == 0 ? ZeroMode.MayUnmap : ZeroMode.KeepAllocated;
                await image.ZeroAsync(offset, length, mode).ConfigureAwait(false);
                Expected.AsSpan(offset, length).Clear();
                await ExpectSometimesAsync(image, offset, length).ConfigureAwait(false);
                break;
            case < 7:
                await image.ExpectBytesAsync(offset, Expected.AsMemory(offset, length)).ConfigureAwait(false);
                break;
            default:
                random.NextBytes(Expected.AsSpan(offset, length));
                await image.WriteAsync(offset, Expected.AsMemory(offset, length)).ConfigureAwait(false);
                await ExpectSometimesAsync(image, offset, length).ConfigureAwait(false);
                break;
        }
    }

    private Task ExpectSometimesAsync(Image image, int offset, int length) => random.Next(2) == 0
        ? image.ExpectBytesAsync(offset, Expected.AsMemory(offset, length))
        : Task.CompletedTask;

    /// <summary>What was discarded reads as zeroes or as before; from then on it must stay as it reads now.</summary>
    private async Task DiscardAsync(Image image, int offset, int length)
    {
        await image.DiscardAsync(offset, length).ConfigureAwait(false);
        byte[] found = await image.ReadAsync(offset, length).ConfigureAwait(false);
        for (int i = 0; i < length; i++)
        {
            Assert.True(
                found[i] == 0 || found[i] == Expected[offset + i],
                $"byte {offset + i} was discarded and is neither zero nor as before");
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
            Extent extent = await image.MapAsync(new GuestRange(at, end - at), CancellationToken.None)
                .ConfigureAwait(false);
            Assert.True(
                extent.Range.Start.Value == at && extent.Length > 0 && extent.Length <= end - at,
                $"the extent at 0x{at:x} of a range that ends at 0x{end:x} is {extent.Range}");
            Assert.True(
                extent.Kind is not MappingKind.Zero
                || Expected.AsSpan((int)at, (int)extent.Length).IndexOfAnyExcept((byte)0) < 0,
                $"{extent.Range} is mapped as zeroes and holds something else");

            Allocation allocation = await image.IsAllocatedAsync(extent.Range, CancellationToken.None)
                .ConfigureAwait(false);
            Assert.Equal(new Allocation(extent.IsAllocated, extent.Length), allocation);
            at += extent.Length;
        }
    }
}
