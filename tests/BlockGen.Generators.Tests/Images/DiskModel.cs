namespace BlockGen.Generators.Tests.Images;

/// <summary>What a guest's disk must hold, beside the image that holds it.</summary>
internal sealed class DiskModel(byte[] content, int seed)
{
    private const int MaxRequest = 9000;

    private readonly Random _random = new(seed);

    /// <summary>One random request to both.</summary>
    public async Task StepAsync(Image image)
    {
        int at = _random.Next(content.Length);
        int length = _random.Next(1, Math.Min(MaxRequest, content.Length - at) + 1);
        GuestRange range = new((ulong)at, (ulong)length);
        switch (_random.Next(8))
        {
            case 0 or 1 or 2:
                _random.NextBytes(content.AsSpan(at, length));
                await image.WriteAsync(range.Start, content.AsMemory(at, length).ToArray(), CancellationToken.None);
                break;
            case 3:
                content.AsSpan(at, length).Clear();
                await image.WriteZeroesAsync(range, ZeroMode.MayUnmap, CancellationToken.None);
                break;
            case 4:
                await DiscardAsync(image, range);
                break;
            default:
                await AssertEqualAsync(image, range);
                break;
        }
    }

    public Task AssertEqualAsync(Image image) => AssertEqualAsync(image, new GuestRange(0, (ulong)content.Length));

    private async Task AssertEqualAsync(Image image, GuestRange range)
    {
        byte[] read = await ReadAsync(image, range);
        Assert.True(content.AsSpan((int)range.Start.Value, read.Length).SequenceEqual(read), $"{range} differs");
    }

    /// <summary>What is discarded reads as it was or as zeroes, and then stays so.</summary>
    private async Task DiscardAsync(Image image, GuestRange range)
    {
        await image.DiscardAsync(range, CancellationToken.None);
        byte[] read = await ReadAsync(image, range);
        int start = (int)range.Start.Value;
        for (int i = 0; i < read.Length; i++)
        {
            Assert.True(read[i] == 0 || read[i] == content[start + i], $"byte {start + i} became something else");
        }

        read.CopyTo(content, start);
    }

    public static async Task<byte[]> ReadAsync(Image image, GuestRange range)
    {
        byte[] read = new byte[range.Length];
        await image.ReadAsync(range.Start, read, CancellationToken.None);
        return read;
    }
}
