namespace BlockGen.Interop.Tests;

/// <summary>An image that both sides change in turn, and the bytes it must hold.</summary>
internal sealed class MirroredDisk(string format, string file, byte[] expected, Random random)
{
    private const int PatternLimit = 256;

    /// <summary>The bytes it must hold.</summary>
    public byte[] Expected { get; } = expected;

    /// <summary>Random operations through this library; the image is closed at the end.</summary>
    public async Task ChangeByUsAsync(int operationCount)
    {
        await using Image image = await Disks.OpenAsync(format, file);
        for (int i = 0; i < operationCount; i++)
        {
            (int offset, int length) = NextRange();
            switch (random.Next(10))
            {
                case 0:
                    await image.FlushAsync(CancellationToken.None);
                    break;
                case 1:
                    await DiscardAsync(image, offset, length);
                    break;
                case < 4:
                    ZeroMode mode = random.Next(2) == 0 ? ZeroMode.MayUnmap : ZeroMode.KeepAllocated;
                    await image.WriteZeroesAsync(
                        new GuestRange((ulong)offset, (ulong)length), mode, CancellationToken.None);
                    Expected.AsSpan(offset, length).Clear();
                    break;
                case 4:
                    byte[] found = await ReadAsync(image, offset, length);
                    Assert.Equal(length, found.AsSpan().CommonPrefixLength(Expected.AsSpan(offset, length)));
                    break;
                default:
                    random.NextBytes(Expected.AsSpan(offset, length));
                    await image.WriteAsync(
                        new GuestOffset((ulong)offset), Expected.AsMemory(offset, length), CancellationToken.None);
                    break;
            }
        }

        if (format == "qcow")
        {
            // Nothing takes the space again that a compressed cluster had before it was written.
            CheckReport report = await image.CheckAsync(CancellationToken.None);
            Assert.Empty(report.Findings);
            return;
        }

        await image.ExpectCleanAsync();
    }

    /// <summary>Random operations through qemu-io, which closes the image at the end.</summary>
    public async Task ChangeByQemuAsync(int operationCount)
    {
        List<string> commands = [];
        for (int i = 0; i < operationCount; i++)
        {
            (int offset, int length) = NextRange();
            byte pattern = (byte)random.Next(1, PatternLimit);
            switch (random.Next(8))
            {
                case 0:
                    commands.Add("flush");
                    break;
                case < 3:
                    commands.Add($"write -z {(random.Next(2) == 0 ? "-u " : "")}{offset} {length}");
                    Expected.AsSpan(offset, length).Clear();
                    break;
                default:
                    commands.Add($"write -P {pattern} {offset} {length}");
                    Expected.AsSpan(offset, length).Fill(pattern);
                    break;
            }
        }

        await Qemu.IoAsync(format, file, commands);
    }

    /// <summary>Both sides must see the expected bytes, and find nothing wrong.</summary>
    public async Task ExpectSameAsync()
    {
        await ExpectReadAlikeAsync();
        await Qemu.CheckCleanAsync(format, file);
    }

    /// <summary>Both sides must see the expected bytes.</summary>
    public async Task ExpectReadAlikeAsync()
    {
        await Disks.ExpectContentAsync(format, file, Expected);
        await Qemu.ExpectContentAsync(format, file, Expected);
    }

    private (int Offset, int Length) NextRange()
    {
        int most = random.Next(4) == 0 ? 300_000 : 9_000;
        int length = random.Next(1, Math.Min(most, Expected.Length));
        int offset = random.Next(Expected.Length - length + 1);
        return random.Next(4) == 0 ? (offset / 4096 * 4096, length) : (offset, length);
    }

    /// <summary>What was discarded reads as zeroes or as before; from then on it must stay as it reads now.</summary>
    private async Task DiscardAsync(Image image, int offset, int length)
    {
        await image.DiscardAsync(new GuestRange((ulong)offset, (ulong)length), CancellationToken.None);
        byte[] found = await ReadAsync(image, offset, length);
        for (int i = 0; i < length; i++)
        {
            Assert.True(
                found[i] == 0 || found[i] == Expected[offset + i], $"byte {offset + i} is neither zero nor as before");
        }

        found.CopyTo(Expected, offset);
    }

    private static async Task<byte[]> ReadAsync(Image image, int offset, int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)0xcd);
        await image.ReadAsync(new GuestOffset((ulong)offset), bytes, CancellationToken.None);
        return bytes;
    }
}
