using System.Reflection;
using BlockGen.Fuzz;

namespace BlockGen.Drivers.Tests.Fuzzed;

/// <summary>Files that a driver once got wrong: <c>FORMAT-WHAT.gz</c>, as the search for them saves them.</summary>
public sealed class FuzzedTests
{
    public static TheoryData<string> Cases =>
        [.. Directory.GetFiles(Folder, "*.gz").Select(path => Path.GetFileName(path))];

    private static string Folder => Path.Combine(
        typeof(FuzzedTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ProjectRoot").Value!,
        "Fuzzed");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_that_was_found_is_handled(string name)
    {
        CaseRunner runner = new(MemoryDisk.Formats.Find(name.Split('-')[0]), TimeSpan.MaxValue);

        CaseVerdict verdict = runner.Run(SavedCase.Load(Path.Combine(Folder, name)));

        Assert.Null(verdict.Problem);
    }
}
