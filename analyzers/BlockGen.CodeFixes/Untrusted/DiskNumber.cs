using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>A number from a disk, as it stands in the code that uses it.</summary>
internal static class DiskNumber
{
    /// <summary>The expression without what only converts it.</summary>
    public static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        CastExpressionSyntax cast => Bare(cast.Expression),
        ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "HostOffset" } } offset
            when offset.ArgumentList?.Arguments is [var value] => Bare(value.Expression),
        ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
        CheckedExpressionSyntax { RawKind: (int)SyntaxKind.CheckedExpression } inner => Bare(inner.Expression),
        _ => expression,
    };

    /// <summary>Whether computing the expression twice gives the same and changes nothing.</summary>
    public static bool IsSimple(FixPlace place, ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax member => IsSimple(place, member.Expression)
            && place.Model.GetSymbolInfo(member, place.Cancellation).Symbol is IFieldSymbol or IPropertySymbol or INamedTypeSymbol,
        _ => false,
    };

    /// <summary>The declared field that the number was read from; null when it is another number or in another assembly.</summary>
    public static PropertyDeclarationSyntax? FieldOf(FixPlace place)
    {
        IEnumerable<SyntaxNode> places = place.Diagnostic.AdditionalLocations
            .Where(location => location.SourceTree is not null)
            .Select(location => location.SourceTree!.GetRoot(place.Cancellation).FindNode(
                location.SourceSpan, getInnermostNodeForTie: true));
        return places.Prepend(place.Node)
            .OfType<ExpressionSyntax>()
            .Select(expression => FieldOf(place, Bare(expression)))
            .FirstOrDefault(field => field is not null);
    }

    private static PropertyDeclarationSyntax? FieldOf(FixPlace place, ExpressionSyntax expression) =>
        place.ModelOf(expression.SyntaxTree).GetSymbolInfo(expression, place.Cancellation).Symbol
            is IPropertySymbol { SetMethod: not null } property
        && property.ContainingType.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DiskStructAttribute")
            ? property.DeclaringSyntaxReferences
                .Select(reference => reference.GetSyntax(place.Cancellation))
                .OfType<PropertyDeclarationSyntax>()
                .FirstOrDefault()
            : null;
}
