using BlockGen.Monitor;

namespace BlockGen.Cli;

/// <summary>Opens a daemon's storages as the tool opens those of its names.</summary>
internal sealed class StorageOpener(UserObjects objects) : IStorageOpener
{
    private readonly ImageOpening _opening = new() { Objects = objects };

    public IReadOnlyList<StorageDriver> Drivers { get; } =
    [
        new(
            "file",
            new StorageOption("filename", StorageOptionKind.Text, IsRequired: true),
            new StorageOption("locking", StorageOptionKind.Text),
            new StorageOption("aio", StorageOptionKind.Text)),
        new(
            "null-co",
            new StorageOption("size", StorageOptionKind.Number),
            new StorageOption("latency-ns", StorageOptionKind.Number),
            new StorageOption("read-zeroes", StorageOptionKind.Switch)),
        new(
            "blkdebug",
            new StorageOption("image", StorageOptionKind.Storage, IsRequired: true),
            new StorageOption("config", StorageOptionKind.Text),
            new StorageOption("inject-error", StorageOptionKind.List),
            new StorageOption("set-state", StorageOptionKind.List)),
        new(
            "throttle",
            new StorageOption("throttle-group", StorageOptionKind.Text, IsRequired: true),
            new StorageOption("file", StorageOptionKind.Storage, IsRequired: true)),
    ];

    public IStorage Open(IReadOnlyDictionary<string, string> options, bool isWritable) => FirstLine(() =>
    {
        NodeOptions values = new(new Dictionary<string, string>(options));
        string driver = values.Take("driver")!;
        return StorageNode.Open(driver, values, _opening, isWritable);
    });

    public IStorage OpenByName(string name, bool isWritable) =>
        FirstLine(() => ImageFiles.OpenStorage(name, _opening, isWritable));

    public IStorage CreateFile(string name) => FirstLine(() => ImageFiles.CreateStorage(name, CacheMode.Writeback));

    public Secret? FindSecret(string id) => _opening.Objects.FindSecret(id);

    public string Resolve(string overlayName, string name) => BackingNames.Resolve(overlayName, name);

    // Advice on further lines is for people at a terminal.
    private static IStorage FirstLine(Func<IStorage> open)
    {
        try
        {
            return open();
        }
        catch (ImageException failure) when (failure.Message.Contains('\n', StringComparison.Ordinal))
        {
            throw new ImageException(failure.Message.Split('\n')[0], failure);
        }
    }
}
