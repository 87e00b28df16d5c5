using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Lets an entry say what its table needs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddEntryLine)), Shared]
public sealed class AddEntryLine : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG2018"];

    internal override Fix? Find(FixPlace place)
    {
        if (RemoveLine.EntryOf(place) is not { } entry)
        {
            return null;
        }

        string missing = place.Argument(1);
        AttributeSyntax[] lines = TruthTable.LinesOf(entry);
        if (missing == "Unallocated")
        {
            // New tables are full of zeroes, and must mean nothing yet.
            return lines.All(TruthTable.IsOtherwise)
                ? new Fix(
                    "Add a line that says that 0 is Unallocated",
                    entry.SyntaxTree,
                    Edits.InsertLine(lines[0].Parent!, "[EntryIs(MappingKind.Unallocated, Equal = 0)]"))
                : null;
        }

        AttributeSyntax? otherwise = lines.FirstOrDefault(TruthTable.IsOtherwise);
        bool isSaidElsewhere = otherwise is not null
            && lines.Any(line => line != otherwise && TruthTable.KindOf(line) == TruthTable.KindOf(otherwise));
        return otherwise is not null && isSaidElsewhere
            ? new Fix(
                $"Say that every other entry is {missing}",
                entry.SyntaxTree,
                Edits.Replace(otherwise.ArgumentList!.Arguments[0].Expression, $"MappingKind.{missing}"))
            : null;
    }
}
