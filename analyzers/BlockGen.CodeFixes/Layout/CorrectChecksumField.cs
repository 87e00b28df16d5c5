using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Makes a checksum field a uint that is always there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectChecksumField)), Shared]
public sealed class CorrectChecksumField : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1032"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } field)
        {
            return null;
        }

        AttributeSyntax? presence = field.Declared("PresentIf");
        bool isNumber = field.Type is PredefinedTypeSyntax type && type.Keyword.Kind() is SyntaxKind.IntKeyword
            or SyntaxKind.LongKeyword or SyntaxKind.ULongKeyword or SyntaxKind.ShortKeyword or SyntaxKind.UShortKeyword
            or SyntaxKind.UIntKeyword or SyntaxKind.ByteKeyword or SyntaxKind.SByteKeyword;
        return isNumber
            ? place.Fix(
                $"Make '{field.Identifier.ValueText}' a uint that is always there",
                [
                    .. presence is null ? Array.Empty<TextChange>() : [Edits.Remove(presence)],
                    Edits.Replace(field.Type, "uint"),
                ])
            : null;
    }
}
