namespace BlockGen.Testing;

/// <summary>Requests in plain numbers, and what must be true of any image.</summary>
public static class ImageExpectations
{
    /// <summary>Stores bytes at a guest offset.</summary>
    public static ValueTask WriteAsync(this Image image, int offset, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.WriteAsync(new GuestOffset((ulong)offset), bytes, CancellationToken.None);
    }

    /// <summary>Reads into a buffer that was full of other bytes before.</summary>
    public static async Task<byte[]> ReadAsync(this Image image, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(image);
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)0xcd);
        await image.ReadAsync(new GuestOffset((ulong)offset), bytes, CancellationToken.None).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Makes a range read as zeroes.</summary>
    public static ValueTask ZeroAsync(this Image image, int offset, int length, ZeroMode mode = ZeroMode.MayUnmap)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.WriteZeroesAsync(new GuestRange((ulong)offset, (ulong)length), mode, CancellationToken.None);
    }

    /// <summary>Tells that a range's content is not needed.</summary>
    public static ValueTask DiscardAsync(this Image image, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.DiscardAsync(new GuestRange((ulong)offset, (ulong)length), CancellationToken.None);
    }

    /// <summary>Makes what was written durable.</summary>
    public static ValueTask FlushAsync(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.FlushAsync(CancellationToken.None);
    }

    /// <summary>The disk must be as long as these bytes and hold them.</summary>
    public static async Task ExpectContentAsync(this Image image, byte[] expected)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(expected);
        Assert.True(
            (ulong)expected.Length == image.Length, $"the disk has {image.Length} bytes and not {expected.Length}");
        await image.ExpectBytesAsync(0, expected).ConfigureAwait(false);
    }

    /// <summary>The disk must hold these bytes at a guest offset.</summary>
    public static async Task ExpectBytesAsync(this Image image, int offset, ReadOnlyMemory<byte> expected)
    {
        byte[] actual = await image.ReadAsync(offset, expected.Length).ConfigureAwait(false);
        int same = expected.Span.CommonPrefixLength(actual);
        if (same < expected.Length)
        {
            Assert.Fail($"guest byte 0x{offset + same:x} is {actual[same]:x2} and not {expected.Span[same]:x2}");
        }
    }

    /// <summary>No errors; leaks, and header counts that cover them, only where they are expected.</summary>
    public static async Task ExpectSoundAsync(this Image image, bool mayLeak = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.ClusterBytes == 0)
        {
            return;
        }

        CheckReport report = await image.CheckAsync(CancellationToken.None).ConfigureAwait(false);
        bool isSound = report.Findings.All(finding => mayLeak && finding.Problem is CheckProblem.WrongCount)
            && (mayLeak || report.Leaks == 0);
        Assert.True(
            isSound,
            $"the check finds {report.Errors} errors and {report.Leaks} leaks: "
            + string.Join("; ", report.Findings.Select(finding => finding.Message)));
    }

    /// <summary>Nobody is left in the tracker, and every bounce buffer is back.</summary>
    public static void ExpectIdle(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Assert.True(
            image.Tracker.ActiveCount == 0,
            $"{image.Tracker.ActiveCount} claims or guest writes were not let go");
        Assert.True(
            image.Bounce.RentedBytes == 0,
            $"{image.Bounce.RentedBytes} bytes of bounce buffers did not come back");
    }

    /// <summary>Bytes without a pattern; the same ones for the same seed.</summary>
    public static byte[] RandomBytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
