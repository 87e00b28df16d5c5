using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>What is known once a condition has turned out true or false.</summary>
internal sealed partial class FlowRun
{
    /// <summary>The state in which the condition has this outcome; null when it cannot have it.</summary>
    private FlowState? Refine(FlowState state, IOperation condition, bool truth)
    {
        if (condition.ConstantValue is { HasValue: true, Value: bool constant })
        {
            return constant == truth ? state : null;
        }

        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Refine(state, not.Operand, !truth);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both:
                return truth ? Refine(state, both.LeftOperand, true) is { } left ? Refine(left, both.RightOperand, true) : null
                    : Either(Refine(state, both.LeftOperand, false), Refine(state, both.RightOperand, false));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either:
                return !truth
                    ? Refine(state, either.LeftOperand, false) is { } right ? Refine(right, either.RightOperand, false) : null
                    : Either(Refine(state, either.LeftOperand, true), Refine(state, either.RightOperand, true));
            case IBinaryOperation comparison:
                return RefineComparison(state, comparison, truth);
            case IIsNullOperation isNull:
                return truth ? WithoutBounce(state, isNull.Operand) : state;
            case IIsPatternOperation pattern:
                return RefinePattern(state, pattern.Value, pattern.Pattern, truth);
            case IInvocationOperation call:
                return RefineCall(state, call, truth);
            case IConversionOperation conversion:
                return Refine(state, conversion.Operand, truth);
            case ILocalReferenceOperation or IFlowCaptureReferenceOperation or IParameterReferenceOperation:
                return RefineVariable(state, condition, truth);
            case IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } nullable } when !truth:
                return WithoutBounce(state, nullable);
            default:
                return state;
        }
    }

    private static FlowState? Either(FlowState? left, FlowState? right) =>
        left is null ? right : right is null ? left : left.Join(right);

    private FlowState? RefineVariable(FlowState state, IOperation variable, bool truth)
    {
        AccessPath? place = variable is IFlowCaptureReferenceOperation reference
            ? new AccessPath(reference.Id)
            : PlaceOf(variable);
        if (place is not { } known)
        {
            return state;
        }

        if (state.Truths.TryGetValue(known, out Truth? outcome))
        {
            return outcome.Value == truth ? state : null;
        }

        FlowState? refined = state;
        if (state.Values.TryGetValue(known, out FlowValue? value) && value.Condition is { } condition)
        {
            refined = Refine(state, condition, truth);
        }
        else if (variable is IFlowCaptureReferenceOperation capture
            && _captured.TryGetValue(capture.Id, out IOperation? captured)
            && captured is not IFlowCaptureReferenceOperation)
        {
            refined = Refine(state, captured, truth);
        }

        return refined is null || state.Bounces.IsEmpty
            ? refined
            : refined with { Truths = refined.Truths.SetItem(known, Truth.Of(truth)) };
    }

    private FlowState? RefineComparison(FlowState state, IBinaryOperation comparison, bool truth)
    {
        if (comparison.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
        {
            bool isEqual = comparison.OperatorKind is BinaryOperatorKind.Equals == truth;
            if (IsNull(comparison.RightOperand) || IsNull(comparison.LeftOperand))
            {
                IOperation other = IsNull(comparison.RightOperand) ? comparison.LeftOperand : comparison.RightOperand;
                return isEqual ? WithoutBounce(state, other) : state;
            }

            return isEqual
                ? Compare(state, comparison.LeftOperand, BinaryOperatorKind.Equals, comparison.RightOperand)
                : Compare(state, comparison.LeftOperand, BinaryOperatorKind.NotEquals, comparison.RightOperand);
        }

        BinaryOperatorKind kind = truth ? comparison.OperatorKind : Opposite(comparison.OperatorKind);
        return Compare(state, comparison.LeftOperand, kind, comparison.RightOperand);
    }

    private FlowState Compare(FlowState state, IOperation left, BinaryOperatorKind kind, IOperation right)
    {
        if (!NumberType.IsNumber(left.Type) || !NumberType.IsNumber(right.Type))
        {
            return state;
        }

        NumberFacts? leftNumber = Peek(state, left).Number;
        NumberFacts? rightNumber = Peek(state, right).Number;
        FlowState refined = leftNumber is null ? state : Limit(state, left, LimitsOf(kind, right, rightNumber));
        return rightNumber is null ? refined : Limit(refined, right, LimitsOf(Mirrored(kind), left, leftNumber));
    }

    /// <summary>What is known of a number that compares so with another.</summary>
    private static NumberLimits LimitsOf(BinaryOperatorKind kind, IOperation other, NumberFacts? known)
    {
        BigInteger? constant = NumberType.Constant(other);
        bool isLimit = known is not { IsUnbounded: true };
        bool isPositive = constant > 0;
        bool isUnsigned = !NumberType.IsSigned(other.Type);
        return kind switch
        {
            BinaryOperatorKind.LessThan => new NumberLimits(isLimit, false, false, constant - 1),
            BinaryOperatorKind.LessThanOrEqual => new NumberLimits(isLimit, false, false, constant),
            BinaryOperatorKind.GreaterThan => new NumberLimits(
                false, constant >= -1 || (constant is null && known is null), constant >= 0 || isUnsigned, null),
            BinaryOperatorKind.GreaterThanOrEqual => new NumberLimits(
                false, constant >= 0 || (constant is null && known is null), isPositive, null),
            BinaryOperatorKind.Equals => new NumberLimits(isLimit, isLimit, constant is { IsZero: false }, constant),
            BinaryOperatorKind.NotEquals => new NumberLimits(false, false, constant is { IsZero: true }, null),
            _ => NumberLimits.None,
        };
    }

    /// <summary>The state in which the number that the operation computes is limited.</summary>
    private FlowState Limit(FlowState state, IOperation operation, NumberLimits limits)
    {
        if (limits == NumberLimits.None)
        {
            return state;
        }

        if (operation is IConversionOperation { OperatorMethod: null, IsChecked: false } conversion
            && limits.IsBounded
            && NumberType.IsSigned(conversion.Operand.Type)
            && !NumberType.IsSigned(conversion.Type)
            && NumberType.BitsOf(conversion.Type) >= NumberType.BitsOf(conversion.Operand.Type))
        {
            return Limit(state, conversion.Operand, limits with { IsNotNegative = true });
        }

        FlowValue value = Peek(state, operation);
        if (value.Number is not { } number)
        {
            return state;
        }

        if (number.Identity is { } identity)
        {
            state = WithLimit(state, identity, limits);
        }

        foreach (object other in number.GrowsWith)
        {
            state = WithLimit(state, other, limits with { Max = null });
        }

        return PlaceOf(operation) is { } place && state.Values.TryGetValue(place, out FlowValue? held)
            && held.Number is { } heldNumber
            && (number.Identity is null || number.Identity.Equals(heldNumber.Identity))
                ? state with { Values = state.Values.SetItem(place, held.WithNumber(heldNumber.Restrict(limits))) }
                : state;
    }

    private static FlowState WithLimit(FlowState state, object identity, NumberLimits limits) => state with
    {
        Limits = state.Limits.SetItem(
            identity, state.Limits.TryGetValue(identity, out NumberLimits? known) ? known.And(limits) : limits),
    };

    /// <summary>The state in which the operation's bounce buffer was not rented at all.</summary>
    private FlowState WithoutBounce(FlowState state, IOperation operation)
    {
        foreach (Mark mark in Peek(state, operation).AllMarks.Where(mark => mark.Kind is MarkKind.Bounce))
        {
            state = state with { Bounces = state.Bounces.Remove(mark.Origin) };
        }

        return state;
    }

    private static bool IsNull(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    private static BinaryOperatorKind Opposite(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThan,
        _ => kind,
    };

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };
}
