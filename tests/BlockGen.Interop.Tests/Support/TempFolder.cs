namespace BlockGen.Interop.Tests;

/// <summary>A folder of its own for each test, deleted afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockgen-interop-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A file that holds a password and nothing else.</summary>
    public string Secret(string password)
    {
        string file = File($"{password}.password");
        System.IO.File.WriteAllText(file, password);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
