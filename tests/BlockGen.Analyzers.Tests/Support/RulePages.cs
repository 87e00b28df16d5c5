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
    public static void MatchIndex() => Match(Path.Combine(Folder, "README.md"), Index());

    /// <summary>Compares a profile of the package with the rules; <c>BLOCKGEN_SNAPSHOTS=update</c> writes it.</summary>
    /// <param name="name">The profile.</param>
    /// <param name="severity">The severity that it gives a rule.</param>
    public static void MatchProfile(string name, Func<DiagnosticDescriptor, DiagnosticSeverity> severity)
    {
        IEnumerable<string> lines = RuleCatalogue.All.Select(rule =>
            $"dotnet_diagnostic.{rule.Id}.severity = {NameOf(severity(rule))}\n");
        string path = Path.Combine(Root, "src", "BlockGen", "build", "profiles", name + ".globalconfig");
        Match(path, $"is_global = true\n\n{string.Concat(lines)}");
    }

    private static string NameOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Hidden => "silent",
        DiagnosticSeverity.Info => "suggestion",
        DiagnosticSeverity.Warning => "warning",
        _ => "error",
    };

    private static void Match(string path, string index)
    {
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

            ## What needs no rule

            Fields can neither overlap nor be misplaced, because nobody writes an offset down: a structure's fields follow each other
            in the order of their declaration, without gaps, and a declared size holds them all ([BG1015](BG1015.md)). Hovering over
            a structure shows the offset of each.

            ## Fixes

            Where one thing is certain to be right an editor offers it, for one place or for all. So does a command:

            ```sh
            dotnet format analyzers --diagnostics BG1001 --severity error
            ```

            ## Profiles

            `<BlockGenProfile>strict</BlockGenProfile>` in a project makes every rule an error; `default`, which holds when
            nothing is said, leaves each the severity in the tables below. A project's `.editorconfig` has the last word:

            ```ini
            [*.cs]
            dotnet_diagnostic.BG1029.severity = suggestion
            ```

            ## Reports for a build server

            The compiler writes what the rules report as SARIF 2.1, with each rule's page, for every project that it builds:

            ```sh
            dotnet build -p:ErrorLog=blockgen.sarif%2Cversion=2.1
            ```

            The file is written beside the project; `%2C` is a comma, which would end the property's value. Services that show
            SARIF in a review take it as it is, for example GitHub:

            ```yaml
            - run: dotnet build -p:ErrorLog=blockgen.sarif%2Cversion=2.1
            - uses: github/codeql-action/upload-sarif@v3
              if: always()
              with:
                sarif_file: .
            ```

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
