using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Declares a limit for the field that a number was read from: the file is refused with the field's name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareRange)), Shared]
public sealed class DeclareRange : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ["BG5001", "BG5002", "BG5003", "BG5008", "BG5009"];

    internal override Fix? Find(FixPlace place)
    {
        if (LimitOf(place) is not ({ } name, { } limit) || DiskNumber.FieldOf(place) is not { } field)
        {
            return null;
        }

        string title = $"Declare '{name} = {limit}' for '{field.Identifier.ValueText}'";
        if (field.Declared("InRange") is not { } range)
        {
            return new Fix(title, field.SyntaxTree, Insertion(field, $"[InRange({name} = {limit})]"));
        }

        return range.Named(name) is { } written
            ? new Fix(title, field.SyntaxTree, Edits.Replace(written.Expression, limit))
            : range.ArgumentList is { } arguments
                ? new Fix(
                    title, field.SyntaxTree, Edits.Insert(arguments.CloseParenToken.SpanStart, $", {name} = {limit}"))
                : new Fix(title, field.SyntaxTree, Edits.Insert(range.Span.End, $"({name} = {limit})"));
    }

    /// <summary>The limit below which the use does no harm; an author who knows the format tightens it.</summary>
    private static (string? Name, string? Limit) LimitOf(FixPlace place) => place.Diagnostic.Id switch
    {
        "BG5002" => ("Max", "1 << 10"),
        "BG5008" => ("Max", BitsOfShifted(place) is { } bits ? $"{bits - 1}" : null),
        "BG5009" => ("Min", "1"),
        _ => ("Max", "1 << 20"),
    };

    private static int? BitsOfShifted(FixPlace place)
    {
        BinaryExpressionSyntax? shift = place.Node.AncestorsAndSelf().OfType<BinaryExpressionSyntax>().FirstOrDefault(binary =>
            binary.Kind() is SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression
                or SyntaxKind.UnsignedRightShiftExpression
            && binary.Right.Span.Contains(place.Node.Span));
        return shift is null
            ? null
            : place.Model.GetTypeInfo(shift.Left, place.Cancellation).Type?.SpecialType switch
            {
                SpecialType.System_Int32 or SpecialType.System_UInt32 => 32,
                SpecialType.System_Int64 or SpecialType.System_UInt64 => 64,
                _ => null,
            };
    }

    private static TextChange Insertion(PropertyDeclarationSyntax field, string rule)
    {
        FileLinePositionSpan lines = field.SyntaxTree.GetLineSpan(field.Span);
        return lines.StartLinePosition.Line == lines.EndLinePosition.Line
            ? Edits.Insert(field.SpanStart, rule + " ")
            : Edits.InsertLine(field, rule);
    }
}
