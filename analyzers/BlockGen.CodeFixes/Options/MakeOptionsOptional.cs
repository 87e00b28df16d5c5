using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Lets a set of options be made without any: what is not typed has its default.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeOptionsOptional)), Shared]
public sealed class MakeOptionsOptional : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1041"];

    internal override Fix? Find(FixPlace place)
    {
        SyntaxToken[] required =
        [
            .. place.TypeDeclaration?.Members.OfType<PropertyDeclarationSyntax>()
                .SelectMany(property => property.Modifiers)
                .Where(token => token.IsKind(SyntaxKind.RequiredKeyword)) ?? [],
        ];
        return required.Length == 0 || place.TypeDeclaration?.ParameterList is not null
            ? null
            : place.Fix("Require no option", [.. required.Select(Edits.Remove)]);
    }
}
