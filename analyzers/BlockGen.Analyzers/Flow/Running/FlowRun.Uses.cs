using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>The rules about numbers that came from a disk.</summary>
internal sealed partial class FlowRun
{
    private const int SmallCount = 1 << 20;
    private const int SmallStackBytes = 1 << 10;

    private void CheckNumber(NumberUse use, FlowValue value, IOperation operation)
    {
        if (value.Number is { } number && IsHarmful(use, number))
        {
            Report(UntrustedRules.Of(use), operation.Syntax, number.Trace, number.Origin.Text);
        }

        foreach (FlowValue part in value.Parts.Values)
        {
            CheckNumber(use, part, operation);
        }
    }

    private void CheckUses(MemberRoles roles, string parameter, FlowValue value, IOperation operation)
    {
        if (roles.UseOf(parameter) is { } use)
        {
            CheckNumber(use, value, operation);
        }
    }

    private static bool IsHarmful(NumberUse use, NumberFacts number) => use switch
    {
        NumberUse.Allocation or NumberUse.LoopBound =>
            (number.IsUnbounded && number.Max > SmallCount) || (number.MayBeNegative && use is NumberUse.Allocation),
        NumberUse.StackAllocation => (number.IsUnbounded && number.Max > SmallStackBytes) || number.MayBeNegative,
        NumberUse.Slice => (number.IsUnbounded && !number.IsChecked) || number.MayBeNegative,
        NumberUse.Index => (number.IsUnbounded && !number.IsChecked && number.Max > byte.MaxValue) || number.MayBeNegative,
        NumberUse.Offset => (number.IsUnbounded && !number.IsChecked) || number.MayBeNegative,
        NumberUse.Division => number.MayBeZero,
        _ => number.IsUnbounded,
    };

    private void CheckShift(Operand count, ITypeSymbol? shifted)
    {
        if (count.Number is { } number
            && ((number.Max >= NumberType.BitsOf(shifted) && (number.IsUnbounded || IsLimitKnown(number)))
                || number.MayBeNegative))
        {
            Report(UntrustedRules.Of(NumberUse.Shift), count.Operation.Syntax, number.Trace, number.Origin.Text);
        }
    }

    /// <summary>Whether a check compared the number with a constant, so that its largest value is no guess.</summary>
    private bool IsLimitKnown(NumberFacts number) =>
        number.Identity is { } identity
        && _state.Limits.TryGetValue(identity, out NumberLimits? limits)
        && limits.Max == number.Max;

    /// <summary>A comparison that decides whether a loop goes on must not compare with an unlimited number.</summary>
    private void CheckLoopBound(IOperation test)
    {
        if (test is not IBinaryOperation { Type.SpecialType: SpecialType.System_Boolean } comparison
            || LoopOf(test.Syntax) is not { } loop)
        {
            return;
        }

        (FlowValue left, FlowValue right) = (Peek(_state, comparison.LeftOperand), Peek(_state, comparison.RightOperand));
        bool goesOnWhenTrue = !loop.IsExit;
        IOperation? bound = comparison.OperatorKind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual =>
                goesOnWhenTrue ? comparison.RightOperand : comparison.LeftOperand,
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual =>
                goesOnWhenTrue ? comparison.LeftOperand : comparison.RightOperand,
            BinaryOperatorKind.NotEquals or BinaryOperatorKind.Equals =>
                left.Number is { IsUnbounded: true } ? comparison.LeftOperand : comparison.RightOperand,
            _ => null,
        };
        if (bound is not null
            && !LoopLimits.HasOther(loop.Statement, comparison.Syntax)
            && !(goesOnWhenTrue && ShrinksToItsEnd(comparison, bound, loop.Statement)))
        {
            CheckNumber(NumberUse.LoopBound, ReferenceEquals(bound, comparison.LeftOperand) ? left : right, bound);
        }
    }

    /// <summary>A number that each round divides gets to its end in as many rounds as it has bits.</summary>
    private static bool ShrinksToItsEnd(IBinaryOperation comparison, IOperation bound, StatementSyntax loop)
    {
        IOperation end = bound == comparison.LeftOperand ? comparison.RightOperand : comparison.LeftOperand;
        return LoopLimits.Shrinks(loop, bound.Syntax)
            && NumberType.Constant(end) is { Sign: >= 0 }
            && (comparison.OperatorKind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThan
                || (comparison.OperatorKind is BinaryOperatorKind.NotEquals && !NumberType.IsSigned(bound.Type)));
    }

    /// <summary>The loop that a test decides about, and whether the loop ends when the test holds.</summary>
    private static (StatementSyntax Statement, bool IsExit)? LoopOf(SyntaxNode test)
    {
        foreach (SyntaxNode node in test.AncestorsAndSelf())
        {
            switch (node.Parent)
            {
                case ForStatementSyntax loop when loop.Condition == node:
                    return (loop, false);
                case WhileStatementSyntax loop when loop.Condition == node:
                    return (loop, false);
                case DoStatementSyntax loop when loop.Condition == node:
                    return (loop, false);
                case IfStatementSyntax { Else: null } branch when branch.Condition == node && LoopLimits.Leaves(branch):
                    return branch.Parent is BlockSyntax { Parent: StatementSyntax outer } && LoopLimits.IsEndless(outer)
                        ? (outer, true)
                        : null;
                case StatementSyntax or LambdaExpressionSyntax or MemberDeclarationSyntax or null:
                    return null;
            }
        }

        return null;
    }

    private void CheckRecursion(CallSite call)
    {
        if (call.Arguments.FirstOrDefault(argument => argument.Value.Number is { IsUnbounded: true }) is { } argument
            && !LoopLimits.HasDepth(call.Operation.Syntax))
        {
            Report(
                UntrustedRules.Of(NumberUse.Recursion),
                call.Operation.Syntax,
                argument.Value.Number!.Trace,
                argument.Value.Number.Origin.Text);
        }
    }
}
