using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Analyzers;

/// <summary>What limits loops and recursion besides the number that came from a disk: counters and sets of places.</summary>
internal static class LoopLimits
{
    /// <summary>Whether the loop has another limit than this test.</summary>
    public static bool HasOther(StatementSyntax loop, SyntaxNode test) => loop.DescendantNodes().Any(node =>
        IsVisit(node) || (node != test && node is BinaryExpressionSyntax other && IsCounterLimit(other, loop)));

    /// <summary>Whether the method that calls itself here counts how deep it is.</summary>
    public static bool HasDepth(SyntaxNode call)
    {
        SyntaxNode? method = call.Ancestors().FirstOrDefault(node =>
            node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax);
        if (method is null || call is not InvocationExpressionSyntax invocation)
        {
            return false;
        }

        return method.DescendantNodes().Any(IsVisit)
            || invocation.ArgumentList.Arguments
                .Select(argument => argument.Expression)
                .OfType<BinaryExpressionSyntax>()
                .Where(step => step.IsKind(SyntaxKind.AddExpression) || step.IsKind(SyntaxKind.SubtractExpression))
                .Any(step => step.Right is LiteralExpressionSyntax && method.DescendantNodes()
                    .OfType<BinaryExpressionSyntax>()
                    .Any(comparison => IsRelation(comparison) && Names(comparison).Contains(step.Left.ToString())));
    }

    /// <summary>Whether each round of the loop divides the variable, or shifts it to the right.</summary>
    public static bool Shrinks(StatementSyntax loop, SyntaxNode variable) => loop.DescendantNodes().Any(node =>
        node is AssignmentExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: int and > 0 and var step } } assignment
        && assignment.Left.ToString() == variable.ToString()
        && !assignment.Ancestors().TakeWhile(outer => outer != loop).Any(outer => outer is IfStatementSyntax)
        && (assignment.IsKind(SyntaxKind.RightShiftAssignmentExpression)
            || (assignment.IsKind(SyntaxKind.DivideAssignmentExpression) && step > 1)));

    /// <summary>Whether the branch leaves the loop that it stands in.</summary>
    public static bool Leaves(IfStatementSyntax branch)
    {
        StatementSyntax last = branch.Statement is BlockSyntax { Statements: [.., var inner] } ? inner : branch.Statement;
        return last is BreakStatementSyntax or ReturnStatementSyntax;
    }

    public static bool IsEndless(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax endless => endless.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
        ForStatementSyntax endless => endless.Condition is null,
        _ => false,
    };

    /// <summary>A set that says whether a place was visited before.</summary>
    private static bool IsVisit(SyntaxNode node) => node is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" },
        Parent: PrefixUnaryExpressionSyntax or IfStatementSyntax or BinaryExpressionSyntax or WhileStatementSyntax,
    };

    /// <summary>A comparison of a variable that the loop counts with something that is not counted.</summary>
    private static bool IsCounterLimit(BinaryExpressionSyntax comparison, StatementSyntax loop) =>
        IsRelation(comparison) && (IsCounted(comparison.Left, loop) != IsCounted(comparison.Right, loop))
        && IsConstantLike(IsCounted(comparison.Left, loop) ? comparison.Right : comparison.Left);

    private static bool IsCounted(ExpressionSyntax expression, StatementSyntax loop) =>
        expression is PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax
        || (expression is IdentifierNameSyntax name && loop.DescendantNodes().Any(node => node switch
        {
            PostfixUnaryExpressionSyntax step => step.Operand.ToString() == name.ToString(),
            PrefixUnaryExpressionSyntax step => step.Operand.ToString() == name.ToString(),
            _ => false,
        }));

    private static bool IsConstantLike(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax
        || (expression is IdentifierNameSyntax or MemberAccessExpressionSyntax
            && char.IsUpper(expression.ToString()[0])
            && expression.ToString().IndexOf('.') < 0)
        || expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "MaxValue" };

    private static bool IsRelation(BinaryExpressionSyntax comparison) =>
        comparison.Kind() is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
            or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.EqualsExpression;

    private static IEnumerable<string> Names(SyntaxNode node) =>
        node.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText);
}
