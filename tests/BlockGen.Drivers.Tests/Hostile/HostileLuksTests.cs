using BlockGen.Drivers.Luks;

namespace BlockGen.Drivers.Tests.Hostile;

/// <summary>Headers of encrypted disks that somebody has tampered with.</summary>
public sealed class HostileLuksTests
{
    private const int HeaderCount = 2000;

    [Fact]
    public async Task A_spoilt_header_is_described_or_refused()
    {
        MemoryStorage sound = await CreateAsync();
        Random random = new(1);
        int refused = 0;
        for (int round = 0; round < HeaderCount; round++)
        {
            byte[] bytes = new byte[592];
            await sound.ReadAsync(new HostOffset(0), bytes, CancellationToken.None);
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(592);
                byte value = random.Next(2) == 0 ? (byte)255 : (byte)random.Next(256);
                bytes.AsSpan(at, Math.Min(random.Next(1, 5), 592 - at)).Fill(value);
            }

            MemoryStorage spoilt = sound.Clone();
            await spoilt.WriteAsync(new HostOffset(0), bytes, CancellationToken.None);
            if (random.Next(4) == 0)
            {
                await spoilt.SetLengthAsync((ulong)random.Next(4 << 20), CancellationToken.None);
            }

            try
            {
                await using Image image = await LuksImage.OpenAsync(
                    spoilt, new OpenOptions { MetadataOnly = true }, CancellationToken.None);
                Assert.Equal(8, image.Details.Single(detail => detail.Name == "slots").Items!.Count);
                Assert.NotEmpty(image.Describe().Fields);
            }
            catch (ImageException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, HeaderCount / 10, HeaderCount - 1);
    }

    [Fact]
    public async Task A_size_that_no_file_has_is_refused_by_name()
    {
        ImageException refusal = await Assert.ThrowsAsync<ImageException>(() => CreateAsync(ulong.MaxValue));
        Assert.Contains($"size = {ulong.MaxValue}", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<MemoryStorage> CreateAsync(ulong diskBytes = 0)
    {
        MemoryStorage storage = new();
        OptionValues values = new(
            new Dictionary<string, string> { ["size"] = $"{diskBytes}", ["key-secret"] = "s", ["iter-time"] = "1" },
            _ => new Secret(new byte[3]));
        await LuksImage.Format.CreateAsync!(storage, values, null, CancellationToken.None);
        return storage;
    }
}
