using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Makes a declared type partial, and the types around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartial)), Shared]
public sealed class MakePartial : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1001"];

    internal override Fix? Find(FixPlace place)
    {
        TypeDeclarationSyntax[] types =
        [
            .. place.Node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
                .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)),
        ];
        return types.Length == 0
            ? null
            : place.Fix(
                $"Make '{string.Join("' and '", types.Select(type => type.Identifier.ValueText))}' partial",
                [.. types.Select(type => Edits.Insert(type.Keyword.SpanStart, "partial "))]);
    }
}
