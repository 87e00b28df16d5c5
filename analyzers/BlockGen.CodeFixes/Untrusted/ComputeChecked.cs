using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Lets arithmetic and casts throw when a number does not fit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ComputeChecked)), Shared]
public sealed class ComputeChecked : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG5010", "BG5011"];

    internal override Fix? Find(FixPlace place)
    {
        ExpressionSyntax? whole = place.Node switch
        {
            CastExpressionSyntax cast => cast,
            BinaryExpressionSyntax binary when IsChecked(binary.Kind()) => Whole(binary),
            _ => null,
        };
        return whole is null
            ? null
            : place.Fix(
                "Compute it in a checked context",
                Edits.Insert(whole.SpanStart, "checked("),
                Edits.Insert(whole.Span.End, ")"));
    }

    /// <summary>The arithmetic that the operation is part of.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax operation)
    {
        ExpressionSyntax whole = operation;
        while (whole.Parent is ParenthesizedExpressionSyntax { Parent: BinaryExpressionSyntax } or BinaryExpressionSyntax
            && (whole.Parent is ParenthesizedExpressionSyntax || IsArithmetic(whole.Parent.Kind())))
        {
            whole = (ExpressionSyntax)whole.Parent;
        }

        return whole is ParenthesizedExpressionSyntax { Expression: var inner } ? inner : whole;
    }

    private static bool IsArithmetic(SyntaxKind kind) => IsChecked(kind)
        || kind is SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression;

    /// <summary>Whether a checked context has a say in it; a shift just drops bits.</summary>
    private static bool IsChecked(SyntaxKind kind) =>
        kind is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression;
}
