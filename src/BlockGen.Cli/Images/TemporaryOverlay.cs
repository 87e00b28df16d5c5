using System.Globalization;

namespace BlockGen.Cli;

/// <summary>An overlay in a file without a name: what is written to it is gone when it is closed.</summary>
internal static class TemporaryOverlay
{
    private const string Format = "qed";
    private const ulong SectorBytes = 512;

    /// <summary>Puts an overlay in front of an image, which it then owns.</summary>
    public static async ValueTask<Image> CreateAsync(Image image, CancellationToken cancellation)
    {
        string path = Path.Combine(Path.GetTempPath(), $"blockgen-{Guid.NewGuid():n}.{Format}");
        ulong length = (image.Length + SectorBytes - 1) / SectorBytes * SectorBytes;
        Dictionary<string, string> options = new()
        {
            [OptionHelp.Size] = length.ToString(CultureInfo.InvariantCulture),
        };
        ImageFormat format = ImageFiles.Formats.Find(Format);
        FileStorageOptions file = new() { Creation = FileCreation.New, Lock = false };
        FileStorage storage = FileStorage.Create(path, file);
        File.Delete(path);
        await format.CreateAsync!(storage, options, null, cancellation);
        Image overlay = await ImageFiles.Formats.OpenAsync(storage, Format, new OpenOptions(), cancellation);
        overlay.AttachBacking(image);
        return overlay;
    }
}
