using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Widens a number before it is multiplied or added to, instead of the product after.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WidenOperand)), Shared]
public sealed class WidenOperand : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG5011"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Node is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.AddExpression } sum
            || !IsOperand(place, sum.Left)
            || !IsOperand(place, sum.Right)
            || place.Model.GetTypeInfo(sum, place.Cancellation) is not { Type.SpecialType: SpecialType.System_UInt32 } type
            || WideName(place, sum, type) is not { } wide)
        {
            return null;
        }

        return place.Fix($"Widen '{sum.Left}' to {wide} before", Edits.Insert(sum.Left.SpanStart, $"({wide})"));
    }

    /// <summary>Two of these and a cast are certain to fit in 64 bits.</summary>
    private static bool IsOperand(FixPlace place, ExpressionSyntax operand) =>
        place.Model.GetTypeInfo(operand, place.Cancellation).Type?.SpecialType is SpecialType.System_UInt32
            or SpecialType.System_UInt16 or SpecialType.System_Byte
        && operand is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
            or ParenthesizedExpressionSyntax or ElementAccessExpressionSyntax;

    /// <summary>The wide type that the result is turned into anyway; null when it stays narrow.</summary>
    private static string? WideName(FixPlace place, BinaryExpressionSyntax sum, TypeInfo type) =>
        (type.ConvertedType?.SpecialType ?? SpecialType.None) switch
        {
            SpecialType.System_UInt64 => "ulong",
            SpecialType.System_Int64 => "long",
            _ => sum.Parent is ParenthesizedExpressionSyntax { Parent: CastExpressionSyntax { Type: PredefinedTypeSyntax cast } }
                && cast.Keyword.Kind() is SyntaxKind.ULongKeyword or SyntaxKind.LongKeyword
                    ? cast.ToString()
                    : null,
        };
}
