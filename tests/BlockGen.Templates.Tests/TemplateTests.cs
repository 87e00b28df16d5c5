using System.Text.RegularExpressions;

namespace BlockGen.Templates.Tests;

/// <summary>What an author gets who has nothing but the packages.</summary>
[Collection(nameof(PackagedSolution))]
public sealed partial class TemplateTests(PackagedSolution solution)
{
    [Fact]
    public async Task The_solution_builds_without_a_warning_its_tests_pass_and_it_packs()
    {
        string built = await solution.Dotnet.MustAsync(solution.Folder, "build", "-c", "Release", "--no-restore");
        Assert.Contains("0 Warning(s)", built, StringComparison.Ordinal);

        string tested = await solution.Dotnet.MustAsync(solution.Folder, "test", "-c", "Release", "--no-build");
        Match summary = Summary().Match(tested);
        Assert.True(summary.Success, tested);
        Assert.True(int.Parse(summary.Groups["passed"].Value) > 50, tested);

        await solution.Dotnet.MustAsync(solution.Folder, "pack", "-c", "Release", "--no-build", "-o", "out");
        Assert.True(File.Exists(Path.Combine(solution.Folder, "out", "Acme.Disk.1.0.0.nupkg")));
    }

    [Fact]
    public void Types_are_named_after_the_last_part_of_the_name()
    {
        string image = File.ReadAllText(Path.Combine(solution.DriverFolder, "DiskImage.cs"));
        Assert.Contains("[ImageFormat(\"disk\", Header = typeof(DiskHeader))]", image, StringComparison.Ordinal);
        Assert.Contains("namespace Acme.Disk;", image, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tool_is_a_package_too()
    {
        string tools = Path.Combine(solution.Folder, "tools");
        await solution.Dotnet.MustAsync(
            solution.Folder, "tool", "install", "BlockGen.Cli", "--version", solution.Version, "--tool-path", tools,
            "--add-source", solution.Feed);
        (int exitCode, string output) = await solution.Dotnet.RunAsync(
            Path.Combine(tools, "blockgen"), solution.Folder, ["formats"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("qed", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Passed! +- Failed: +0, Passed: +(?<passed>\d+), Skipped: +0")]
    private static partial Regex Summary();
}
