using System.Text.Json;

namespace BlockGen.Templates.Tests;

/// <summary>How severe the rules are, and what a build server gets to read of them.</summary>
[Collection(nameof(PackagedSolution))]
public sealed class AnalysisTests(PackagedSolution solution)
{
    // A warning unless something else is said.
    private const string CountedRule = "BG1029";
    private const string Sound = "BackingIsRaw = 1 << 1,";
    private const string Counted = "BackingIsRaw = 3,";

    private string HeaderFile => Path.Combine(solution.DriverFolder, "DiskHeader.cs");

    [Fact]
    public async Task The_default_profile_leaves_rules_as_they_are_and_the_strict_one_makes_errors_of_them()
    {
        (int exitCode, string output) = await BuildMistakenAsync("-p:BlockGenProfile=default");
        Assert.Contains($"warning {CountedRule}:", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);

        (exitCode, output) = await BuildMistakenAsync("-p:BlockGenProfile=strict");
        Assert.Contains($"error {CountedRule}:", output, StringComparison.Ordinal);
        Assert.NotEqual(0, exitCode);
    }

    [Fact]
    public async Task A_profile_that_does_not_exist_is_an_error_that_names_those_that_do()
    {
        (int exitCode, string output) = await solution.Dotnet.RunAsync(
            solution.DriverFolder, "build", "-c", "Release", "--no-restore", "-p:BlockGenProfile=strikt");
        Assert.NotEqual(0, exitCode);
        Assert.Contains(
            "BlockGenProfile is 'strikt'; the profiles are default, strict", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_writes_what_the_rules_report_as_sarif()
    {
        await BuildMistakenAsync("-p:ErrorLog=blockgen.sarif%2Cversion=2.1");
        using JsonDocument report = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(solution.DriverFolder, "blockgen.sarif")));
        Assert.Equal("2.1.0", report.RootElement.GetProperty("version").GetString());
        JsonElement run = Assert.Single(report.RootElement.GetProperty("runs").EnumerateArray());

        JsonElement result = Assert.Single(
            run.GetProperty("results").EnumerateArray(), found => found.GetProperty("ruleId").GetString() == CountedRule);
        JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.EndsWith(
            "/DiskHeader.cs", place.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
        string[] lines = (await File.ReadAllTextAsync(HeaderFile)).Split('\n');
        int line = Array.FindIndex(lines, text => text.Contains(Sound, StringComparison.Ordinal)) + 1;
        Assert.Equal(line, place.GetProperty("region").GetProperty("startLine").GetInt32());

        JsonElement rule = Assert.Single(
            run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(),
            found => found.GetProperty("id").GetString() == CountedRule);
        Assert.EndsWith($"/{CountedRule}.md", rule.GetProperty("helpUri").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Builds the driver with a counted feature, warnings being warnings.</summary>
    private async Task<(int ExitCode, string Output)> BuildMistakenAsync(string property)
    {
        string text = await File.ReadAllTextAsync(HeaderFile);
        Assert.Contains(Sound, text, StringComparison.Ordinal);
        try
        {
            await File.WriteAllTextAsync(HeaderFile, text.Replace(Sound, Counted, StringComparison.Ordinal));
            return await solution.Dotnet.RunAsync(
                solution.DriverFolder, "build", "-c", "Release", "--no-restore", "-p:TreatWarningsAsErrors=false", property);
        }
        finally
        {
            await File.WriteAllTextAsync(HeaderFile, text);
        }
    }
}
