using System.Xml.Linq;

namespace BlockGen.Templates.Tests;

/// <summary>
/// A copy of the template's driver for each mistake, in one solution: one command builds them all, one fixes what can be
/// fixed, and none disturbs another.
/// </summary>
public sealed class MistakenProjects(PackagedSolution solution) : IAsyncLifetime
{
    /// <summary>What the build says of the mistakes.</summary>
    internal string Built { get; private set; } = "";

    /// <summary>What the build says of them when every fix has been applied that is offered.</summary>
    internal string Rebuilt { get; private set; } = "";

    private string Folder => Path.Combine(solution.Folder, "mistakes");

    /// <summary>The project with the mistake of a rule, as a build names it.</summary>
    internal static string ProjectOf(string rule) => $"{rule}.csproj";

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        foreach (AuthorMistake mistake in AuthorMistake.All)
        {
            Copy(mistake);
        }

        new XElement(
            "Solution",
            AuthorMistake.All.Select(mistake =>
                new XElement("Project", new XAttribute("Path", $"{mistake.Rule}/{ProjectOf(mistake.Rule)}"))))
            .Save(Path.Combine(Folder, "Mistakes.slnx"));
        await solution.Dotnet.MustAsync(Folder, "restore", solution.FromFeed);
        Built = await BuildAsync();
        await solution.Dotnet.MustAsync(
            Folder,
            [
                "format", "analyzers", "Mistakes.slnx", "--no-restore", "--severity", "error", "--diagnostics",
                .. AuthorMistake.All.Select(mistake => mistake.Rule),
            ]);
        Rebuilt = await BuildAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<string> BuildAsync() =>
        (await solution.Dotnet.RunAsync(Folder, "build", "-c", "Release", "--no-restore", "-clp:NoSummary")).Output;

    private void Copy(AuthorMistake mistake)
    {
        string project = Path.Combine(Folder, mistake.Rule);
        Directory.CreateDirectory(project);
        File.Copy(
            Directory.GetFiles(solution.DriverFolder, "*.csproj").Single(),
            Path.Combine(project, ProjectOf(mistake.Rule)));
        bool isMade = false;
        foreach (string source in Directory.GetFiles(solution.DriverFolder, "*.cs"))
        {
            string text = File.ReadAllText(source);
            bool hasPlace = text.Contains(mistake.Sound, StringComparison.Ordinal);
            Assert.False(isMade && hasPlace, $"several files have: {mistake.Sound}");
            isMade |= hasPlace;
            File.WriteAllText(
                Path.Combine(project, Path.GetFileName(source)),
                text.Replace(mistake.Sound, mistake.Mistaken, StringComparison.Ordinal));
        }

        Assert.True(isMade, $"no file has: {mistake.Sound}");
    }
}
