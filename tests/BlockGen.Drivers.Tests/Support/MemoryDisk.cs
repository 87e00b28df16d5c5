namespace BlockGen.Drivers.Tests;

/// <summary>Images in memory, made and opened by the drivers under test.</summary>
internal static class MemoryDisk
{
    public static readonly FormatRegistry Formats = new(DiskFormats.All);

    /// <summary>Makes an image; options as <c>-o</c> takes them.</summary>
    public static async Task<MemoryStorage> CreateAsync(string format, string options, BackingLink? link = null)
    {
        MemoryStorage storage = new(name: $"disk.{format}");
        await FormatAsync(storage, format, options, link);
        return storage;
    }

    public static async Task FormatAsync(IStorage storage, string format, string options, BackingLink? link = null)
    {
        Dictionary<string, string> values = options.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        await Formats.Find(format).CreateAsync!(storage, values, link, CancellationToken.None);
    }

    public static Task<Image> OpenAsync(IStorage storage, string format, OpenOptions? options = null) =>
        Formats.OpenAsync(storage, format, options ?? new OpenOptions(), CancellationToken.None).AsTask();

    /// <summary>Opens an overlay over a raw backing image that holds these bytes.</summary>
    public static Task<Image> OpenOverAsync(
        IStorage overlay, string format, byte[] below, OpenOptions? options = null) =>
        OpenAsync(overlay, format, (options ?? new OpenOptions()) with
        {
            Gate = (_, _, _) => ValueTask.FromResult<IStorage>(new MemoryStorage(below, "below")),
        });

    public static ValueTask WriteAsync(this Image image, int offset, ReadOnlyMemory<byte> bytes) =>
        image.WriteAsync(new GuestOffset((ulong)offset), bytes, CancellationToken.None);

    public static async Task<byte[]> ReadAsync(this Image image, int offset, int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, (byte)0xcd);
        await image.ReadAsync(new GuestOffset((ulong)offset), bytes, CancellationToken.None);
        return bytes;
    }

    public static ValueTask ZeroAsync(this Image image, int offset, int length, ZeroMode mode = ZeroMode.MayUnmap) =>
        image.WriteZeroesAsync(new GuestRange((ulong)offset, (ulong)length), mode, CancellationToken.None);

    public static ValueTask DiscardAsync(this Image image, int offset, int length) =>
        image.DiscardAsync(new GuestRange((ulong)offset, (ulong)length), CancellationToken.None);

    public static ValueTask FlushAsync(this Image image) => image.FlushAsync(CancellationToken.None);

    public static async Task ExpectContentAsync(this Image image, byte[] expected)
    {
        byte[] actual = await image.ReadAsync(0, (int)image.Length);
        Assert.Equal(expected.Length, actual.Length);
        int same = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(same == expected.Length, $"byte 0x{same:x} differs");
    }

    /// <summary>No errors; leaks, and header counts that cover them, only where they are expected.</summary>
    public static async Task ExpectSoundAsync(this Image image, bool mayLeak = false)
    {
        if (image.ClusterBytes == 0)
        {
            return;
        }

        CheckReport report = await image.CheckAsync(CancellationToken.None);
        bool isSound = report.Findings.All(finding => mayLeak && finding.Problem is CheckProblem.WrongCount)
            && (mayLeak || report.Leaks == 0);
        Assert.True(isSound, $"{report.Errors} errors, {report.Leaks} leaks: {string.Join("; ", report.Findings)}");
    }

    /// <summary>Nobody is left in the tracker, and every bounce buffer is back.</summary>
    public static void ExpectIdle(this Image image)
    {
        Assert.Equal(0, image.Tracker.ActiveCount);
        Assert.Equal(0UL, image.Bounce.RentedBytes);
    }

    public static byte[] RandomBytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
