using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Makes a name of an option or of a format one that can be typed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectName)), Shared]
public sealed class CorrectName : RuleFixProvider
{
    private static readonly char[] s_separators = [' ', '\t', '\n', '\r', '\u00a0', ',', '=', ':'];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1044", "BG2011"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Attribute is not { ArgumentList.Arguments: [var argument, ..] } attribute
            || place.Constant(argument.Expression) is not string name)
        {
            return null;
        }

        // qemu-img's words: options with an underscore, formats with a dash.
        bool isOption = place.Diagnostic.Id == "BG1044";
        string typed = string.Join(
            isOption ? "_" : "-", name.Split(s_separators, StringSplitOptions.RemoveEmptyEntries));
        if (typed.Length == 0)
        {
            typed = attribute.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
            {
                PropertyDeclarationSyntax option => string.Concat(option.Identifier.ValueText.Select(Lowered)),
                TypeDeclarationSyntax type => string.Concat(type.Identifier.ValueText.Select(Lowered)).Replace('_', '-'),
                _ => "",
            };
        }

        return typed.Length == 0 ? null : place.Fix($"Call it '{typed}'", Edits.Replace(argument.Expression, $"\"{typed}\""));
    }

    private static string Lowered(char letter, int index) =>
        (index > 0 && char.IsUpper(letter) ? "_" : "") + char.ToLowerInvariant(letter);
}
