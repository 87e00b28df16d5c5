using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>
/// Tells an author's members from those that this assembly generated: an analyzer, unlike the generator, sees both.
/// </summary>
internal static class AuthorMembers
{
    public static IEnumerable<ISymbol> OfAuthor(this INamedTypeSymbol type) =>
        type.GetMembers().Where(member =>
            !member.IsImplicitlyDeclared && !member.DeclaringSyntaxReferences.Any(IsInGeneratedPart));

    private static bool IsInGeneratedPart(SyntaxReference reference) =>
        reference.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } part
        && part.AttributeLists.SelectMany(list => list.Attributes).Any(NamesThisAssembly);

    private static bool NamesThisAssembly(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax literal
        && literal.Token.ValueText == SourceFile.Tool;
}
