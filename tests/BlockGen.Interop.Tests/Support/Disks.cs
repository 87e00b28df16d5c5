using BlockGen.Drivers;

namespace BlockGen.Interop.Tests;

/// <summary>Images in files, made and opened by this library.</summary>
internal static class Disks
{
    private static readonly FormatRegistry Formats = new(DiskFormats.All);

    /// <summary>Makes an image; options as <c>-o</c> takes them.</summary>
    public static async Task CreateAsync(string format, string file, string options, BackingLink? link = null)
    {
        Dictionary<string, string> values = options.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        await using FileStorage storage = FileStorage.Create(file);
        await Formats.Find(format).CreateAsync!(storage, values, link, CancellationToken.None);
    }

    /// <summary>Opens an image with its backing files, which may be probed and lie beside it.</summary>
    public static async Task<Image> OpenAsync(string? format, string file, OpenOptions? options = null)
    {
        options ??= new OpenOptions { Gate = OpenBeside, ProbeBacking = true };
        FileStorage storage = FileStorage.Open(file, new FileStorageOptions { ReadOnly = options.ReadOnly });
        return await Formats.OpenAsync(storage, format, options, CancellationToken.None);
    }

    public static Task<Image> OpenReadOnlyAsync(string? format, string file) =>
        OpenAsync(format, file, new OpenOptions { ReadOnly = true, Gate = OpenBeside, ProbeBacking = true });

    public static ValueTask<IStorage> OpenBeside(BackingLink link, IStorage overlay, CancellationToken cancellation)
    {
        string file = Path.Combine(Path.GetDirectoryName(overlay.Name)!, link.Name);
        return ValueTask.FromResult<IStorage>(FileStorage.Open(file, new FileStorageOptions { ReadOnly = true }));
    }

    public static async Task<byte[]> ReadAllAsync(this Image image)
    {
        byte[] content = new byte[image.Length];
        await image.ReadAsync(new GuestOffset(0), content, CancellationToken.None);
        return content;
    }

    /// <summary>The image must hold exactly these bytes and be clean.</summary>
    public static async Task ExpectContentAsync(string format, string file, byte[] expected)
    {
        await using Image image = await OpenReadOnlyAsync(format, file);
        byte[] actual = await image.ReadAllAsync();
        int same = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(
            same == expected.Length && expected.Length == actual.Length,
            $"{file}: {actual.Length} bytes, {expected.Length} expected, byte 0x{same:x} differs");
    }

    public static async Task ExpectCleanAsync(this Image image)
    {
        if (image.ClusterBytes > 0)
        {
            CheckReport report = await image.CheckAsync(CancellationToken.None);
            Assert.True(
                report.IsClean, $"{report.Errors} errors, {report.Leaks} leaks: {string.Join("; ", report.Findings)}");
        }
    }

    public static byte[] RandomBytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
