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

    public static Task FormatAsync(IStorage storage, string format, string options, BackingLink? link = null) =>
        new ImageRecipe(Formats.Find(format), options).FormatAsync(storage, diskBytes: null, link);

    public static Task<Image> OpenAsync(IStorage storage, string format, OpenOptions? options = null) =>
        Formats.OpenAsync(storage, format, options ?? new OpenOptions(), CancellationToken.None).AsTask();

    /// <summary>Opens an overlay over a raw backing image that holds these bytes.</summary>
    public static Task<Image> OpenOverAsync(
        IStorage overlay, string format, byte[] below, OpenOptions? options = null) =>
        new ImageRecipe(Formats.Find(format)).OpenOverAsync(overlay, below, options);
}
