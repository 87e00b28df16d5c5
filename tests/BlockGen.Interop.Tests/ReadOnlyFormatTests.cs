namespace BlockGen.Interop.Tests;

/// <summary>Formats that are only read: their own tools make the images, QEMU's tools judge what is read.</summary>
public sealed class ReadOnlyFormatTests
{
    private const int DiskBytes = 6_193_152; // whole cylinders: bximage rounds down to them

    public static TheoryData<string, int> Images => new()
    {
        { "bochs", 0 },
        { "cloop", 512 },
        { "cloop", 65536 },
        { "cloop", 98304 },
        { "cloop", 1 << 20 },
        { "qcow", 0 },
        { "qcow2", 512 },
        { "qcow2", 65536 },
        { "qcow2", 2 << 20 },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public async Task The_content_is_what_QEMU_reads(string format, int blockBytes)
    {
        using TempFolder folder = new();
        (string file, byte[] content) = await MakeAsync(folder, format, blockBytes);

        await using Image image = await Disks.OpenReadOnlyAsync(format: null, file);

        Assert.Equal(format, image.Driver.Name);
        byte[] found = await image.ReadAllAsync();
        Assert.Equal(content, found[..content.Length]);

        // What cloop's last block has beyond the disk is zero.
        Assert.Equal(-1, found.AsSpan(content.Length).IndexOfAnyExcept((byte)0));
        await Qemu.ExpectContentAsync(format, file, found);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Unaligned_reads_at_once_see_the_same(string format, int blockBytes)
    {
        using TempFolder folder = new();
        (string file, byte[] content) = await MakeAsync(folder, format, blockBytes);
        await using Image image = await Disks.OpenReadOnlyAsync(format, file);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            Random random = new(reader);
            for (int i = 0; i < 100; i++)
            {
                int start = random.Next(content.Length);
                byte[] buffer = new byte[random.Next(Math.Min(200_000, content.Length - start)) + 1];
                await image.ReadAsync(new GuestOffset((ulong)start), buffer, CancellationToken.None);
                Assert.True(content.AsSpan(start, buffer.Length).SequenceEqual(buffer), $"at 0x{start:x}");
            }
        })));

        Assert.Equal(0ul, image.Bounce.RentedBytes);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task An_overlay_over_it_streams_and_stands_alone(string format, int blockBytes)
    {
        using TempFolder folder = new();
        (string file, byte[] content) = await MakeAsync(folder, format, blockBytes);
        string overlay = folder.File("overlay.qed");
        await Disks.CreateAsync("qed", overlay, $"size={content.Length}", new BackingLink(Path.GetFileName(file), null));
        await using (Image image = await Disks.OpenAsync("qed", overlay))
        {
            await image.StartStream(new StreamOptions()).Completion;
        }

        File.Delete(file);
        await Qemu.CheckCleanAsync("qed", overlay);
        await Qemu.ExpectContentAsync("qed", overlay, content);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Damaged_bytes_give_an_error_or_data_and_never_more(string format, int blockBytes)
    {
        using TempFolder folder = new();
        (string file, byte[] content) = await MakeAsync(folder, format, blockBytes);
        byte[] sound = await File.ReadAllBytesAsync(file);
        Random random = new(blockBytes);
        int refused = 0;
        for (int round = 0; round < 60; round++)
        {
            MemoryStorage storage = new(0, "damaged");
            await storage.WriteAsync(new HostOffset(0), Damage(sound, random), CancellationToken.None);
            try
            {
                await using Image image = await new FormatRegistry(Drivers.DiskFormats.All).OpenAsync(
                    storage, format, new OpenOptions { ReadOnly = true }, CancellationToken.None);
                byte[] buffer = new byte[Math.Min(image.Length, (ulong)content.Length)];
                await image.ReadAsync(new GuestOffset(0), buffer, CancellationToken.None);
            }
            catch (ImageException exception)
            {
                Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 1, 60);
    }

    /// <summary>A file cut short, or with garbage in its header, its tables or anywhere.</summary>
    private static byte[] Damage(byte[] sound, Random random)
    {
        byte[] damaged = [.. sound];
        switch (random.Next(4))
        {
            case 0:
                return damaged[..random.Next(damaged.Length)];
            case 1:
                damaged[random.Next(64, 144)] ^= (byte)random.Next(1, 256);
                return damaged;
            default:
                random.NextBytes(damaged.AsSpan(random.Next(136, 4096), 8));
                random.NextBytes(damaged.AsSpan(random.Next(4096, damaged.Length - 64), 64));
                return damaged;
        }
    }

    private static async Task<(string File, byte[] Content)> MakeAsync(TempFolder folder, string format, int blockBytes)
    {
        byte[] content = new byte[DiskBytes];
        for (int at = 0, run = 0; at < content.Length; at += 300_000, run++)
        {
            Span<byte> part = content.AsSpan(at, Math.Min(300_000, content.Length - at));
            switch (run % 3)
            {
                case 0:
                    Disks.RandomBytes(part.Length, run).CopyTo(part);
                    break;
                case 1:
                    part.Fill((byte)run);
                    break;
            }
        }

        string plain = folder.File("disk.raw");
        string file = folder.File($"disk.{format}");
        await File.WriteAllBytesAsync(plain, content);
        (int exitCode, string output) = format switch
        {
            "bochs" => await Qemu.RunAsync("bximage", "", "-func=convert", "-imgmode=growing", "-q", plain, file),
            "cloop" => await Qemu.RunAsync("create_compressed_fs", "", "-q", "-B", $"{blockBytes}", plain, file),
            "qcow" => await Qemu.RunAsync("qemu-img", "", "convert", "-O", format, plain, file),
            _ => await Qemu.RunAsync(
                "qemu-img", "", "convert", "-c", "-O", format, "-o", $"cluster_size={blockBytes}", plain, file),
        };
        Assert.True(exitCode == 0, $"the image was not made: {output}");
        return (file, content);
    }
}
