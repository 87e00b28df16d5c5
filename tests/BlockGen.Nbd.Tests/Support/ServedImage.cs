using System.Net.Sockets;
using BlockGen.Drivers;

namespace BlockGen.Nbd.Tests;

/// <summary>An image file that a server of ours offers at a Unix socket.</summary>
internal sealed class ServedImage : IAsyncDisposable
{
    private readonly TestFolder _folder = new();

    private ServedImage(Image image, Func<Image, NbdExport> export, Func<NbdServerOptions, NbdServerOptions> configure)
    {
        Image = image;
        Server = NbdServer.Start(configure(new NbdServerOptions
        {
            EndPoint = new UnixDomainSocketEndPoint(Socket),
            Report = Reports.Enqueue,
        }));
        Server.Add(export(image));
    }

    public static FormatRegistry Formats { get; } = new(DiskFormats.All);

    public Image Image { get; }

    public NbdServer Server { get; }

    public System.Collections.Concurrent.ConcurrentQueue<string> Reports { get; } = new();

    public string Socket => _folder["s"];

    public string Uri => UriOf("");

    /// <summary>Serves a file.</summary>
    public static async Task<ServedImage> OpenAsync(
        string path,
        string? format = null,
        Func<Image, NbdExport>? export = null,
        Func<NbdServerOptions, NbdServerOptions>? configure = null,
        OpenOptions? options = null)
    {
        options ??= new OpenOptions
        {
            Gate = (link, overlay, _) => ValueTask.FromResult<IStorage>(FileStorage.Open(
                Path.Combine(Path.GetDirectoryName(overlay.Name)!, link.Name),
                new FileStorageOptions { ReadOnly = true })),
        };
        FileStorageOptions file = new() { ReadOnly = options.ReadOnly };
        Image image = await Formats.OpenAsync(FileStorage.Open(path, file), format, options, CancellationToken.None);
        return new ServedImage(image, export ?? (image => new NbdExport("", image)), configure ?? (options => options));
    }

    /// <summary>Serves an empty raw disk.</summary>
    public static async Task<ServedImage> CreateAsync(
        string path,
        long bytes,
        Func<Image, NbdExport>? export = null,
        Func<NbdServerOptions, NbdServerOptions>? configure = null)
    {
        await using (FileStream file = File.Create(path))
        {
            file.SetLength(bytes);
        }

        return await OpenAsync(path, "raw", export, configure);
    }

    public string UriOf(string export) => $"nbd+unix:///{export}?socket={Socket}";

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Image.DisposeAsync();
        _folder.Dispose();
    }
}
