using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Gives a truth table its last line, moves it to the end, or leaves one of several.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddOtherwise)), Shared]
public sealed class AddOtherwise : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG2003"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.TypeDeclaration is not { } entry)
        {
            return null;
        }

        AttributeSyntax[] lines = TruthTable.LinesOf(entry);
        AttributeSyntax? line = place.Attribute;
        switch (place.Problem)
        {
            case nameof(Generators.ProblemKind.OtherwiseRepeated) when line is not null:
                return place.Fix("Remove the second Otherwise line", Edits.Remove(line));

            case nameof(Generators.ProblemKind.OtherwiseNotLast) when line is not null && lines.Length > 0:
                return place.Fix(
                    "Move the Otherwise line to the end",
                    Edits.Remove(line),
                    Edits.InsertLineAfter(lines[lines.Length - 1].Parent!, $"[{line}]"));

            case nameof(Generators.ProblemKind.OtherwiseMissing):
                // What no line names is a place: of a table in a root, of data in a leaf.
                string kind = TruthTable.IsOfRoot(entry, place) ? "Table" : "Data";
                return place.Fix(
                    $"Add a line that says that every other entry is {kind}",
                    TruthTable.InsertLast(entry, $"[EntryIs(MappingKind.{kind}, Otherwise = true)]"));

            default:
                return null;
        }
    }
}
