using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers.Tests;

/// <summary>The pages of the rules, and their index, which is written from the descriptors.</summary>
internal static class RulePages
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(
        typeof(RulePages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "ProjectRoot").Value!,
        "..",
        ".."));

    public static string Folder { get; } = Path.Combine(Root, "analyzers", "docs");

    /// <summary>Compares the index with the rules; <c>BLOCKGEN_SNAPSHOTS=update</c> writes it.</summary>
    public static void MatchIndex()
    {
        string path = Path.Combine(Folder, "README.md");
        string index = Index();
        if (Environment.GetEnvironmentVariable("BLOCKGEN_SNAPSHOTS") == "update")
        {
            File.WriteAllText(path, index);
        }

        Assert.Equal(index, File.Exists(path) ? File.ReadAllText(path) : "");
    }

    private static string Index()
    {
        StringBuilder index = new();
        index.Append(
            """
            # Rules

            The analyzers read declarations with the generator's own parser, so what they accept is generated and what
            they report is not. Each rule has a page: what, why, how to fix, when to suppress.

            The rules BG3xxx and BG5xxx follow guest memory, and numbers from a disk, to where they must not get. A project
            can tell them of members of its own: [tables](tables.md).

            """);
        foreach (IGrouping<string, DiagnosticDescriptor> category in RuleCatalogue.All.GroupBy(rule => rule.Category))
        {
            index.Append($"\n## {category.Key}\n\n| Id | Rule | Severity |\n| --- | --- | --- |\n");
            foreach (DiagnosticDescriptor rule in category)
            {
                index.Append($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity} |\n");
            }
        }

        return index.ToString();
    }
}
