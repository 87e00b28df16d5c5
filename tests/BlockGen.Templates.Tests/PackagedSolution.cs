using System.Reflection;

namespace BlockGen.Templates.Tests;

/// <summary>Both kinds of tests use one solution, one after the other.</summary>
[CollectionDefinition(nameof(PackagedSolution))]
public sealed class PackagedSolutionGroup : ICollectionFixture<PackagedSolution>;

/// <summary>The packages of this repository in a folder, and a solution that the template has made from them.</summary>
public sealed class PackagedSolution : IAsyncLifetime
{
    private const string Name = "Acme.Disk";
    private static readonly string[] s_packages =
    [
        "src/BlockGen", "src/BlockGen.Testing", "drivers/BlockGen.Drivers", "src/BlockGen.Templates", "src/BlockGen.Cli",
    ];

    private static readonly string s_repository = Path.GetFullPath(typeof(PackagedSolution).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("blockgen-templates-");

    // No cache of packages knows it, and a package that refers to it need not be a preview.
    private readonly string _version =
        $"0.{(DateTime.UtcNow - DateTime.UnixEpoch).Days}.{(int)DateTime.UtcNow.TimeOfDay.TotalSeconds / 2}";

    internal Dotnet Dotnet => new(Path.Combine(_root.FullName, "home"));

    internal string Feed => Path.Combine(_root.FullName, "feed");

    internal string Folder => Path.Combine(_root.FullName, Name);

    internal string DriverFolder => Path.Combine(Folder, "src", Name);

    internal string Version => _version;

    /// <summary>Lets a restore find the packages.</summary>
    internal string FromFeed => $"-p:RestoreAdditionalProjectSources={Feed}";

    public async Task InitializeAsync()
    {
        // Beside the repository's own output, which other tests use.
        string artifacts = Path.Combine(_root.FullName, "artifacts");
        foreach (string project in s_packages)
        {
            await Dotnet.MustAsync(
                s_repository, "pack", project, "-c", "Release", "-o", Feed, $"-p:Version={_version}",
                "--artifacts-path", artifacts);
        }

        string templates = Path.Combine(Feed, $"BlockGen.Templates.{_version}.nupkg");
        await Dotnet.MustAsync(_root.FullName, "new", "install", templates);
        await Dotnet.MustAsync(_root.FullName, "new", "blockdriver", "-n", Name);
        await Dotnet.MustAsync(Folder, "restore", FromFeed);
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
