using BlockGen.Drivers.Qed;
using BlockGen.Drivers.Raw;

namespace BlockGen.Benchmarks;

/// <summary>Images for measurements.</summary>
internal static class Images
{
    /// <summary>An empty QED image on a storage.</summary>
    public static async Task<QedImage> QedAsync(IStorage storage, ulong bytes, OpenOptions? options = null)
    {
        await QedImage.CreateAsync(storage, new QedCreateOptions { Size = bytes }, link: null, CancellationToken.None);
        return await QedImage.OpenAsync(storage, options ?? new OpenOptions(), CancellationToken.None);
    }

    /// <summary>A raw image of random data, reads of which take a while.</summary>
    public static async Task<Image> SlowBaseAsync(ulong bytes, TimeSpan latency)
    {
        MemoryStorage memory = new();
        byte[] data = new byte[1 << 20];
        new Random(1).NextBytes(data);
        for (ulong at = 0; at < bytes; at += (ulong)data.Length)
        {
            await memory.WriteAsync(new HostOffset(at), data, CancellationToken.None);
        }

        LatencyStorage slow = new(memory, new LatencyOptions { Read = latency });
        return await RawImage.OpenAsync(slow, new OpenOptions { ReadOnly = true }, CancellationToken.None);
    }
}
