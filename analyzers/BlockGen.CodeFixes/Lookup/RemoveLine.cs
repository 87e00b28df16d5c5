using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Removes a line of a truth table that another one makes useless, or that its table cannot hold.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveLine)), Shared]
public sealed class RemoveLine : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG2004", "BG2019"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Diagnostic.Id == "BG2004")
        {
            return place.Attribute is { } line
                ? place.Fix("Remove the line, which is never reached", Edits.Remove(line))
                : null;
        }

        string kind = place.Argument(1);
        AttributeSyntax[] lines = EntryOf(place) is { } entry
            ? [.. TruthTable.LinesOf(entry).Where(line => TruthTable.KindOf(line) == kind)]
            : [];
        return lines.Length == 0 || lines.Any(TruthTable.IsOtherwise)
            ? null
            : new Fix($"Remove the line for {kind}", lines[0].SyntaxTree, [.. lines.Select(Edits.Remove)]);
    }

    /// <summary>The entry that a lookup was reported for.</summary>
    internal static TypeDeclarationSyntax? EntryOf(FixPlace place) => place.Attribute?.Name.DescendantNodesAndSelf()
        .OfType<GenericNameSyntax>()
        .SelectMany(name => name.TypeArgumentList.Arguments)
        .Select(argument => place.Model.GetTypeInfo(argument, place.Cancellation).Type)
        .Where(type => type?.Name == place.Argument(0))
        .SelectMany(type => type!.DeclaringSyntaxReferences)
        .Select(reference => reference.GetSyntax(place.Cancellation))
        .OfType<TypeDeclarationSyntax>()
        .FirstOrDefault(declaration => TruthTable.LinesOf(declaration).Length > 0);
}
