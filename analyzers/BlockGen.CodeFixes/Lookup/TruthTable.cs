using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>The lines of an entry.</summary>
internal static class TruthTable
{
    public static AttributeSyntax[] LinesOf(TypeDeclarationSyntax entry) =>
        [.. entry.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => attribute.IsCalled("EntryIs"))];

    /// <summary>The kind that a line names, without its type.</summary>
    public static string? KindOf(AttributeSyntax line) =>
        line.ArgumentList?.Arguments is [{ Expression: MemberAccessExpressionSyntax kind }, ..]
            ? kind.Name.Identifier.ValueText
            : null;

    public static bool IsOtherwise(AttributeSyntax line) =>
        line.Named("Otherwise")?.Expression.IsKind(SyntaxKind.TrueLiteralExpression) == true;

    /// <summary>Inserts a line after the last attribute.</summary>
    public static TextChange InsertLast(TypeDeclarationSyntax entry, string line) =>
        Edits.InsertLineAfter(entry.AttributeLists.Last(), line);

    /// <summary>Whether an image of the project looks up its root table through the entry.</summary>
    public static bool IsOfRoot(TypeDeclarationSyntax entry, FixPlace place) =>
        LinesOf(entry).Any(line => KindOf(line) == "Table")
        || place.Model.Compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot(place.Cancellation).DescendantNodes().OfType<GenericNameSyntax>())
            .Any(name => name.Identifier.ValueText is "Lookup" or "LookupAttribute"
                && name.TypeArgumentList.Arguments is [var root, _]
                && root.ToString().Split('.').Last() == entry.Identifier.ValueText);
}
