using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Makes a declared type visible in its assembly, for the generator extends it in a file of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeInternal)), Shared]
public sealed class MakeInternal : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1002"];

    internal override Fix? Find(FixPlace place)
    {
        TypeDeclarationSyntax[] types = [.. place.Node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()];
        SyntaxToken[] local = [.. types.SelectMany(type => type.Modifiers).Where(token => token.IsKind(SyntaxKind.FileKeyword))];
        return local.Length == 0 || types.Any(type => type.TypeParameterList is not null)
            ? null
            : place.Fix(
                $"Make '{types.Last().Identifier.ValueText}' internal",
                [.. local.Select(token => Edits.Replace(token, "internal"))]);
    }
}
