namespace BlockGen.Nbd.Tests;

/// <summary>A folder that goes with its test. Its path is short enough for Unix sockets.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("nbd-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string Root => _path;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
