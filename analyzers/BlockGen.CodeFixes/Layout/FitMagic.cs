using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Makes a magic and its field equally long.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FitMagic)), Shared]
public sealed class FitMagic : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1020"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Attribute is not { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax literal }, ..] } magic
            || place.Constant(literal) is not string text
            || !int.TryParse(place.Argument(2), out int bytes)
            || magic.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } field)
        {
            return null;
        }

        if (field.Declared("FixedText")?.ArgumentList?.Arguments is [var length, ..])
        {
            return place.Fix(
                $"Declare a text of {text.Length} bytes", Edits.Replace(length.Expression, $"{text.Length}"));
        }

        // What stands in the literal stays as it is written: escapes of bytes are easier to compare with a specification.
        bool isPlain = literal.Token.Text.StartsWith("\"", StringComparison.Ordinal)
            && !literal.Token.Text.StartsWith("\"\"\"", StringComparison.Ordinal);
        return text.Length < bytes
            ? isPlain ? place.Fix($"Pad the magic to {bytes} bytes", Edits.Insert(literal.Span.End - 1, Zeroes(bytes - text.Length))) : null
            : place.Fix(
                $"Trim the magic to {bytes} bytes",
                Edits.Replace(literal, SymbolDisplay.FormatLiteral(text.Substring(0, bytes), quote: true)));
    }

    private static string Zeroes(int count) => string.Concat(Enumerable.Repeat("\\0", count));
}
