namespace BlockGen.Tests.Storage;

/// <summary>The storages that the contract is tested on.</summary>
public enum StorageKind
{
    BufferedFile,
    DirectFile,
    FileInMemory,
    Memory,
    Slice,
    SliceOfDirectFile,
    Filter,
}

/// <summary>A storage on a folder of its own, which goes with it.</summary>
internal sealed class StorageFixture : IAsyncDisposable
{
    private const string MemoryFileSystem = "/dev/shm";

    private readonly TemporaryFolder _folder;

    private StorageFixture(StorageKind kind)
    {
        _folder = kind == StorageKind.FileInMemory ? new TemporaryFolder(MemoryFileSystem) : new TemporaryFolder();
        Kind = kind;
        Storage = kind switch
        {
            StorageKind.BufferedFile or StorageKind.FileInMemory => FileStorage.Create(_folder.PathOf("file")),
            StorageKind.DirectFile => CreateDirect(),
            StorageKind.Memory => new MemoryStorage(),
            StorageKind.Slice => new StorageSlice(new MemoryStorage(), new HostRange(1000, 900_000), ownsWhole: true),
            StorageKind.SliceOfDirectFile => new StorageSlice(
                CreateDirect(),
                new HostRange(1000, 900_000),
                ownsWhole: true),
            StorageKind.Filter => new CountingStorage(new MemoryStorage()),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    public StorageKind Kind { get; }

    public IStorage Storage { get; }

    public bool CanResize => Kind is not (StorageKind.Slice or StorageKind.SliceOfDirectFile);

    public static StorageFixture Create(StorageKind kind) => new(kind);

    private FileStorage CreateDirect() =>
        FileStorage.Create(_folder.PathOf("direct"), new FileStorageOptions { Direct = true });

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A folder that is removed with what is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder;

    public TemporaryFolder() => _folder = Directory.CreateTempSubdirectory("blockgen-storage-");

    public TemporaryFolder(string parent) =>
        _folder = Directory.CreateDirectory(Path.Combine(parent, $"blockgen-storage-{Guid.NewGuid():n}"));

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public void Dispose() => _folder.Delete(recursive: true);
}
