using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Gives a declared type the modifiers and the keyword that its declaration needs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeRightKindOfType)), Shared]
public sealed class MakeRightKindOfType : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ["BG1010", "BG1040", "BG1050", "BG2001", "BG2010"];

    internal override Fix? Find(FixPlace place)
    {
        if (place is not { TypeDeclaration: { } declaration, Type: { } type })
        {
            return null;
        }

        (string modifier, string keyword) = place.Diagnostic.Id switch
        {
            "BG1040" => ("sealed", "record"),
            "BG1050" => ("static", "class"),
            "BG2010" => ("sealed", "class"),
            _ => ("readonly", "record struct"),
        };
        if (!CanBecome(type, declaration, modifier, keyword))
        {
            return null;
        }

        SyntaxToken end = declaration is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.None)
            ? record.ClassOrStructKeyword
            : declaration.Keyword;
        SyntaxToken start = declaration.Modifiers.Count > 0 ? declaration.Modifiers[0] : declaration.Keyword;
        IEnumerable<string> kept = declaration.Modifiers.Where(SaysOther).Select(token => token.Text);
        string words = string.Join(" ", [.. kept, modifier, "partial", keyword]);
        TextChange head = new(TextSpan.FromBounds(start.SpanStart, end.Span.End), words);
        return place.Fix(
            $"Make '{type.Name}' a {modifier} partial {keyword}",
            [head, .. keyword == "record struct" ? InitAccessors(declaration) : []]);
    }

    /// <summary>Whether the type with its members is still correct when it is of that kind.</summary>
    private static bool CanBecome(INamedTypeSymbol type, TypeDeclarationSyntax declaration, string modifier, string keyword)
    {
        bool hasBase = declaration.BaseList is not null;
        ISymbol[] members = [.. type.GetMembers().Where(member => !member.IsImplicitlyDeclared)];
        bool hasConstructor = members.Any(member => member is IMethodSymbol { MethodKind: MethodKind.Constructor });
        return modifier switch
        {
            "readonly" => !hasBase && members.OfType<IFieldSymbol>().All(field => field.IsReadOnly || field.IsConst),
            "static" => !hasBase && members.All(member => member.IsStatic || member is ITypeSymbol),
            _ => !hasBase && type.IsReferenceType && !(keyword == "class" && hasConstructor),
        };
    }

    private static bool SaysOther(SyntaxToken modifier) => modifier.Kind() is not (SyntaxKind.SealedKeyword
        or SyntaxKind.AbstractKeyword or SyntaxKind.StaticKeyword or SyntaxKind.ReadOnlyKeyword
        or SyntaxKind.PartialKeyword or SyntaxKind.RefKeyword);

    /// <summary>A readonly structure's properties are set when it is made and never after.</summary>
    private static IEnumerable<TextChange> InitAccessors(TypeDeclarationSyntax declaration) => declaration.Members
        .OfType<PropertyDeclarationSyntax>()
        .SelectMany(property => property.AccessorList?.Accessors ?? [])
        .Where(accessor => accessor is { Body: null, ExpressionBody: null } && accessor.Keyword.IsKind(SyntaxKind.SetKeyword))
        .Select(accessor => Edits.Replace(accessor.Keyword, "init"));
}
