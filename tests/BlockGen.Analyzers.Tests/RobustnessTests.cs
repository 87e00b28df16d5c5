using System.Collections.Immutable;
using BlockGen.Generators.Tests;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers.Tests;

/// <summary>Analyzers run while an author types: no half-written declaration may upset them.</summary>
public sealed class RobustnessTests
{
    // The drivers have thousands of lines: every third one is tried, which makes more than 500 broken drivers.
    private const int SampledLines = 3;

    private static readonly string Folder = Path.Combine(RulePages.Root, "drivers", "BlockGen.Drivers");

    private static readonly ImmutableArray<string> Drivers =
    [
        .. Directory.GetFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => FirstFolder(Path.GetRelativePath(Folder, path)) is not ("obj" or "bin"))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> DriverFiles() =>
        [.. Drivers.Select(path => Path.GetRelativePath(RulePages.Root, path))];

    [Fact]
    public async Task Shipped_drivers_are_not_reported() =>
        Assert.Empty(await AnalyzerRun.ReportAsync([.. Drivers.Select(File.ReadAllText), Usings]));

    [Theory]
    [MemberData(nameof(DriverFiles))]
    public async Task A_driver_without_one_of_its_lines_is_judged_without_an_exception(string file)
    {
        string path = Path.Combine(RulePages.Root, file);
        ImmutableArray<string> lines = [.. File.ReadAllLines(path)];
        string[] others =
        [
            .. Drivers.Where(other => Path.GetDirectoryName(other) == Path.GetDirectoryName(path) && other != path)
                .Select(File.ReadAllText),
            Usings,
        ];
        for (int line = 0; line < lines.Length; line++)
        {
            string trimmed = lines[line].Trim();
            bool isSampled = Thoroughness.TriesAll || line % SampledLines == 0;
            if (!isSampled || trimmed.Length == 0 || trimmed.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            string shortened = string.Join('\n', lines.RemoveAt(line));
            foreach (Diagnostic diagnostic in await AnalyzerRun.ReportAsync([shortened, .. others]))
            {
                string place = $"without line {line + 1} of {file}: {diagnostic}";
                Assert.True(diagnostic.Id != "AD0001", place);
                Assert.True(diagnostic.Location.IsInSource, place);
            }
        }
    }

    private static string FirstFolder(string path) => path.Split(Path.DirectorySeparatorChar)[0];

    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;
}
