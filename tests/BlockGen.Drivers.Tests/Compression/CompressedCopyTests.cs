namespace BlockGen.Drivers.Tests.Compression;

/// <summary>Copies whose clusters are compressed: the same disk in less space, which can be written to.</summary>
public sealed class CompressedCopyTests
{
    private const int DiskBytes = 3 << 20;

    [Theory]
    [InlineData("qcow2", "size=3M")]
    [InlineData("qcow2", "size=3M,cluster_size=4k,compression_type=zstd")]
    [InlineData("qcow2", "size=3M,compat=0.10,cluster_size=1k")]
    public async Task A_compressed_copy_is_the_same_disk(string format, string options)
    {
        byte[] disk = MakeDisk();
        MemoryStorage raw = new(DiskBytes);
        await raw.WriteAsync(new HostOffset(0), disk, CancellationToken.None);
        await using Image source = await MemoryDisk.OpenAsync(raw, "raw");
        MemoryStorage storage = await MemoryDisk.CreateAsync(format, options);
        await using Image target = await MemoryDisk.OpenAsync(storage, format);

        ConvertOptions compressing = new() { Compresses = true, TargetIsZero = true };
        await ImageConverter.ConvertAsync(source, target, compressing, CancellationToken.None);
        await target.FlushAsync(CancellationToken.None);
        Assert.True(storage.Length < DiskBytes / 2, $"{storage.Length} bytes");
        Assert.Equal(disk, await ReadAsync(target));

        byte[] data = [.. Enumerable.Repeat((byte)0x5a, 70_000)];
        data.CopyTo(disk, 100_000);
        await target.WriteAsync(new GuestOffset(100_000), data, CancellationToken.None);
        Assert.Equal(disk, await ReadAsync(target));
        Array.Clear(disk, 1 << 20, 128 << 10);
        await target.WriteZeroesAsync(new GuestRange(1 << 20, 128 << 10), ZeroMode.MayUnmap, CancellationToken.None);
        await target.FlushAsync(CancellationToken.None);
        Assert.Equal(disk, await ReadAsync(target));
        Assert.Equal(0UL, (await target.CheckAsync(CancellationToken.None)).Errors);
    }

    /// <summary>Words, then bytes that cannot be made fewer, then nothing.</summary>
    private static byte[] MakeDisk()
    {
        byte[] disk = new byte[DiskBytes];
        for (int i = 0; i < DiskBytes / 2; i++)
        {
            disk[i] = (byte)"the same words again and "[i % 25];
        }

        new Random(7).NextBytes(disk.AsSpan(DiskBytes / 2, 200_000));
        return disk;
    }

    private static async Task<byte[]> ReadAsync(Image image)
    {
        byte[] disk = new byte[DiskBytes];
        await image.ReadAsync(new GuestOffset(0), disk, CancellationToken.None);
        return disk;
    }
}
