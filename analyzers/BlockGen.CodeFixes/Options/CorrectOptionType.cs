using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Gives an option that is a number the nearest type that text can be read into.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectOptionType)), Shared]
public sealed class CorrectOptionType : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1042"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } option
            || option.Initializer?.Value is { } value && !(place.Constant(value) is IConvertible number && IsPositive(number)))
        {
            return null;
        }

        string? right = option.Type.ToString() switch
        {
            "int" or "short" or "ushort" or "byte" or "sbyte" => "uint",
            "long" => "ulong",
            "int?" or "uint?" or "short?" or "ushort?" or "byte?" => "ulong?",
            "bool?" => option.Initializer is null ? "bool" : null,
            _ => null,
        };
        return right is null
            ? null
            : place.Fix($"Make '{option.Identifier.ValueText}' a {right}", Edits.Replace(option.Type, right));
    }

    private static bool IsPositive(IConvertible number) =>
        number is byte or ushort or uint or ulong || (number is sbyte or short or int or long && number.ToInt64(null) >= 0);
}
