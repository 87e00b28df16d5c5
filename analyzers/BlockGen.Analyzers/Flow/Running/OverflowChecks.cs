using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Analyzers;

/// <summary>The ways in which code says that it has thought of overflow, besides <c>checked</c>.</summary>
internal static class OverflowChecks
{
    /// <summary>
    /// Whether <c>unchecked</c> says that the result may wrap; then nothing follows from a check of it. What is compared
    /// at once is not meant to.
    /// </summary>
    public static bool MeansToWrap(SyntaxNode operation) => !IsCompared(operation) && operation.Ancestors()
        .TakeWhile(node => node is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax))
        .Any(node => node.Kind() is SyntaxKind.UncheckedExpression or SyntaxKind.UncheckedStatement);

    /// <summary>
    /// Whether the body compares the sum with one of its operands (a wrapped sum is smaller), or compares an operand with
    /// what the other leaves of the largest value.
    /// </summary>
    public static bool IsCheckedFor(SyntaxNode operation, SyntaxNode left, SyntaxNode right)
    {
        if (operation.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault() is not { } body)
        {
            return false;
        }

        string[] operands = [Text(left), Text(right)];
        string sum = ResultOf(operation);
        return body.DescendantNodes().OfType<BinaryExpressionSyntax>().Where(IsRelation).Any(comparison =>
        {
            (string first, string second) = (Text(comparison.Left), Text(comparison.Right));
            return (first == sum && operands.Contains(second))
                || (second == sum && operands.Contains(first))
                || (operands.Contains(first) && IsRest(comparison.Right, operands))
                || (operands.Contains(second) && IsRest(comparison.Left, operands));
        });
    }

    /// <summary>Whether a quotient is multiplied with what it was divided by: the product is not above the dividend.</summary>
    public static bool IsRoundedDown(SyntaxNode left, SyntaxNode right) =>
        IsQuotient(left, Text(right)) || IsQuotient(right, Text(left));

    private static bool IsCompared(SyntaxNode operation) => operation.Parent switch
    {
        ParenthesizedExpressionSyntax or CheckedExpressionSyntax or CastExpressionSyntax => IsCompared(operation.Parent),
        BinaryExpressionSyntax comparison => IsRelation(comparison),
        _ => false,
    };

    private static bool IsQuotient(SyntaxNode node, string divisor) =>
        Bare(node) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } quotient
        && Text(quotient.Right) == divisor;

    /// <summary>Whether the expression is the largest value without, or divided by, an operand.</summary>
    private static bool IsRest(ExpressionSyntax expression, string[] operands) =>
        Bare(expression) is BinaryExpressionSyntax rest
        && rest.Kind() is SyntaxKind.SubtractExpression or SyntaxKind.DivideExpression
        && rest.Left.ToString().EndsWith("MaxValue", StringComparison.Ordinal)
        && operands.Contains(Text(rest.Right));

    /// <summary>The variable that holds the result, or the operation itself where it is compared in place.</summary>
    private static string ResultOf(SyntaxNode operation) => operation.Ancestors()
        .TakeWhile(node => node is ExpressionSyntax or EqualsValueClauseSyntax or VariableDeclaratorSyntax)
        .Select(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            AssignmentExpressionSyntax assignment => Text(assignment.Left),
            _ => null,
        })
        .FirstOrDefault(name => name is not null) ?? Text(operation);

    private static bool IsRelation(BinaryExpressionSyntax comparison) =>
        comparison.Kind() is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
            or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression;

    private static string Text(SyntaxNode node) => Bare(node).ToString();

    private static SyntaxNode Bare(SyntaxNode node) => node switch
    {
        ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
        CastExpressionSyntax cast => Bare(cast.Expression),
        CheckedExpressionSyntax inner => Bare(inner.Expression),
        _ => node,
    };
}
