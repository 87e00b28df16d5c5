using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Makes an option a property that can be read and set.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeOptionSettable)), Shared]
public sealed class MakeOptionSettable : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1043"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } option
            || option.AccessorList?.Accessors.Any(accessor => accessor is not { Body: null, ExpressionBody: null }) == true)
        {
            return null;
        }

        string title = $"Make '{option.Identifier.ValueText}' settable";
        TextChange[] instance =
            [.. option.Modifiers.Where(token => token.IsKind(SyntaxKind.StaticKeyword)).Select(Edits.Remove)];
        return option switch
        {
            { ExpressionBody: { } value } => place.Fix(
                title,
                [
                    .. instance,
                    new TextChange(
                        TextSpan.FromBounds(option.Identifier.Span.End, option.Span.End),
                        $" {{ get; init; }} = {value.Expression};"),
                ]),
            { AccessorList: { } accessors } when accessors.Accessors.Count == 1 || instance.Length > 0 => place.Fix(
                title,
                [
                    .. instance,
                    .. accessors.Accessors.Count == 1
                        ? [Edits.Replace(accessors, "{ get; init; }")]
                        : Array.Empty<TextChange>(),
                ]),
            _ => null,
        };
    }
}
