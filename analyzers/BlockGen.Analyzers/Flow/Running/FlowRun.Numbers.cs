using System.Collections.Immutable;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>Arithmetic.</summary>
internal sealed partial class FlowRun
{
    private const int MaxGrowthCount = 8;

    /// <summary>An operand: what it is and what is known of it.</summary>
    private sealed record Operand(IOperation Operation, FlowValue Value)
    {
        public NumberFacts? Number => Value.Number;

        public BigInteger Max => NumberType.Constant(Operation)
            ?? Value.Number?.Max
            ?? (NumberType.IsNumber(Operation.Type) ? NumberType.MaxOf(Inner.Type) : BigInteger.Zero);

        /// <summary>The largest value to reckon with: numbers of our own do not use up their type.</summary>
        public BigInteger UsualMax => Value.Number is null && NumberType.Constant(Operation) is null ? Max / 2 : Max;

        public bool IsUnbounded => Value.Number is { IsUnbounded: true };

        public bool IsMaxKnown => Value.Number is { IsMaxKnown: true } || NumberType.Constant(Operation) is not null;

        private IOperation Inner => Operation is IConversionOperation conversion
            && NumberType.IsOfRuntime(conversion)
            && NumberType.BitsOf(conversion.Operand.Type) is > 0 and int bits
            && bits < NumberType.BitsOf(conversion.Type)
                ? conversion.Operand
                : Operation;
    }

    private FlowValue EvaluateBinary(IBinaryOperation binary)
    {
        FlowValue left = Evaluate(binary.LeftOperand);
        FlowValue right = Evaluate(binary.RightOperand);
        if (NumberType.IsNumber(binary.Type))
        {
            return Computed(
                binary.OperatorKind,
                new Operand(binary.LeftOperand, left),
                new Operand(binary.RightOperand, right),
                binary,
                binary.IsChecked || binary.Type.IsOffset());
        }

        return binary.Type?.SpecialType is SpecialType.System_Boolean
            ? FlowValue.Clean
            : FlowValue.Of(left.Join(right).AllMarks);
    }

    private FlowValue EvaluateUnary(IUnaryOperation unary)
    {
        FlowValue value = Evaluate(unary.Operand);
        return unary.Type?.SpecialType is SpecialType.System_Boolean ? FlowValue.Clean : value;
    }

    private FlowValue Computed(
        BinaryOperatorKind kind, Operand left, Operand right, IOperation operation, bool isChecked)
    {
        FlowValue bytes = FlowValue.Of(CopiesOf(left.Value.Join(right.Value)));
        if (kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder)
        {
            CheckNumber(NumberUse.Division, right.Value, right.Operation);
        }

        if (kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift)
        {
            CheckShift(right, left.Operation.Type);
        }

        if (left.Number is null && right.Number is null)
        {
            return bytes;
        }

        NumberFacts source = left.IsUnbounded ? left.Number! : right.IsUnbounded ? right.Number! : left.Number ?? right.Number!;
        BigInteger limit = NumberType.MaxOf(operation.Type);
        BigInteger max = MaxOf(kind, left, right, limit);
        bool isUnbounded = kind switch
        {
            BinaryOperatorKind.Remainder => left.IsUnbounded && right.IsUnbounded,
            BinaryOperatorKind.And => left.IsUnbounded && right.IsUnbounded
                || (left.IsUnbounded || right.IsUnbounded) && !IsNarrowMask(left, right),
            BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift =>
                left.IsUnbounded,
            _ => left.IsUnbounded || right.IsUnbounded,
        };
        bool canOverflow = kind is BinaryOperatorKind.Add or BinaryOperatorKind.Multiply or BinaryOperatorKind.LeftShift;

        // A count that nothing limits is reported as such.
        bool isMaxKnown = !isUnbounded && IsMaxKnown(kind, left, right);
        bool mayWrap = canOverflow && isUnbounded && !isChecked && max > limit
            && !(kind is BinaryOperatorKind.LeftShift && right.IsUnbounded)
            && !(kind is BinaryOperatorKind.Multiply
                && OverflowChecks.IsRoundedDown(left.Operation.Syntax, right.Operation.Syntax));
        bool isMeantToWrap = mayWrap && OverflowChecks.MeansToWrap(operation.Syntax);
        if (mayWrap
            && !isMeantToWrap
            && !OverflowChecks.IsCheckedFor(operation.Syntax, left.Operation.Syntax, right.Operation.Syntax))
        {
            Report(UntrustedRules.Of(NumberUse.Arithmetic), operation.Syntax, source.Trace, source.Origin.Text);
        }

        object identity = operation.Syntax;
        return bytes.WithNumber(new NumberFacts(source.Origin, identity, BigInteger.Min(max, limit))
        {
            IsUnbounded = isUnbounded,
            IsMaxKnown = isMaxKnown && max <= limit,
            MayBeNegative = NumberType.IsSigned(operation.Type)
                && kind is not BinaryOperatorKind.And
                && (left.Number?.MayBeNegative == true || right.Number?.MayBeNegative == true),
            MayBeZero = MayBeZero(kind, left, right),
            IsChecked = isChecked || (source.IsChecked && !canOverflow),
            GrowsWith = (canOverflow && !isMeantToWrap) || kind is BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift
                ? GrowthOf(left, right)
                : [],
            Trace = source.Trace,
        });
    }

    private static ImmutableArray<object> GrowthOf(params Operand[] operands) =>
    [
        .. operands
            .Select(operand => operand.Number)
            .OfType<NumberFacts>()
            .SelectMany(number => number.Identity is { } identity ? number.GrowsWith.Add(identity) : number.GrowsWith)
            .Distinct()
            .Take(MaxGrowthCount),
    ];

    private static BigInteger MaxOf(BinaryOperatorKind kind, Operand left, Operand right, BigInteger limit) => kind switch
    {
        BinaryOperatorKind.Add => left.UsualMax + right.UsualMax,
        BinaryOperatorKind.Multiply => left.Max * right.Max,
        BinaryOperatorKind.LeftShift when right.Max < 128 => left.Max << (int)right.Max,
        BinaryOperatorKind.LeftShift => left.Max << 64,
        BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift
            when NumberType.Constant(right.Operation) is { } shift && shift < 128 => left.Max >> (int)shift,
        BinaryOperatorKind.Divide when NumberType.Constant(right.Operation) is { IsZero: false } divisor =>
            left.Max / divisor,

        // A unit that is divided by is more than one.
        BinaryOperatorKind.Divide => left.Max / 2,
        BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift => left.Max,
        BinaryOperatorKind.Remainder => BigInteger.Min(left.Max, right.Max),
        BinaryOperatorKind.And => BigInteger.Min(left.Max, right.Max),
        BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr =>
            NumberType.AllBitsOf(BigInteger.Max(left.Max, right.Max)),
        _ => limit,
    };

    private static bool IsMaxKnown(BinaryOperatorKind kind, Operand left, Operand right) => kind switch
    {
        BinaryOperatorKind.And => left.IsMaxKnown || right.IsMaxKnown,
        BinaryOperatorKind.Remainder => right.IsMaxKnown,
        BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift =>
            left.IsMaxKnown,
        BinaryOperatorKind.Add or BinaryOperatorKind.Multiply or BinaryOperatorKind.LeftShift
            or BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr => left.IsMaxKnown && right.IsMaxKnown,
        _ => false,
    };

    private static bool MayBeZero(BinaryOperatorKind kind, Operand left, Operand right) => kind switch
    {
        BinaryOperatorKind.Multiply or BinaryOperatorKind.And => left.Number?.MayBeZero == true
            || right.Number?.MayBeZero == true,
        BinaryOperatorKind.Add or BinaryOperatorKind.Or => IsMaybeZero(left) && IsMaybeZero(right),
        BinaryOperatorKind.LeftShift => left.Number?.MayBeZero == true,
        BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift =>
            left.Number is not null,
        _ => true,
    };

    private static bool IsMaybeZero(Operand operand) => NumberType.Constant(operand.Operation) is { } constant
        ? constant.IsZero
        : operand.Number?.MayBeZero == true;

    /// <summary>Whether one of the two masks the other down to few enough values.</summary>
    private static bool IsNarrowMask(Operand left, Operand right)
    {
        Operand mask = left.IsUnbounded ? right : left;
        return NumberType.Constant(mask.Operation) is not { } constant || constant <= ushort.MaxValue;
    }

    private FlowValue EvaluateConversion(IConversionOperation conversion)
    {
        FlowValue value = Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is { } method && !NumberType.IsNumber(conversion.Type))
        {
            CallSite call = new(
                conversion, method, null, FlowValue.Clean, [new(method.Parameters[0], conversion.Operand, value)]);
            return Call(call);
        }

        if (!NumberType.IsNumber(conversion.Type) || value.Number is not { } number)
        {
            return value;
        }

        BigInteger max = NumberType.MaxOf(conversion.Type);
        bool isTooLarge = (number.IsUnbounded || number.IsMaxKnown) && number.Max > max;
        bool losesSign = number.MayBeNegative && !NumberType.IsSigned(conversion.Type);
        if (conversion.IsChecked || !(isTooLarge || losesSign))
        {
            return value.WithNumber(number with
            {
                Max = BigInteger.Min(number.Max, max),
                IsChecked = number.IsChecked || (conversion.IsChecked && (isTooLarge || losesSign)),
                MayBeNegative = number.MayBeNegative && !losesSign,
            });
        }

        if (isTooLarge)
        {
            Report(UntrustedRules.Of(NumberUse.Narrowing), conversion.Syntax, number.Trace, number.Origin.Text);
        }

        return value.WithNumber(number with
        {
            Identity = conversion.Syntax,
            Max = max,
            IsMaxKnown = false,
            IsUnbounded = true,
            MayBeNegative = NumberType.IsSigned(conversion.Type),
            GrowsWith = [],
        });
    }

    /// <summary>What a method of the runtime that computes with numbers gives.</summary>
    private FlowValue EvaluateMath(CallSite call)
    {
        NumberFacts? distrusted = call.Arguments
            .Select(argument => argument.Value.Number).OfType<NumberFacts>()
            .Aggregate((NumberFacts?)null, (found, number) =>
                found is null || (number.IsUnbounded && !found.IsUnbounded) ? number : found);
        FlowValue bytes = FlowValue.Of(CopiesOf(call.Given));
        if (distrusted is null)
        {
            return bytes;
        }

        Operand[] operands = [.. call.Arguments.Select(argument => new Operand(argument.Operation, argument.Value))];
        object identity = call.Operation.Syntax;
        NumberFacts result = distrusted with { Identity = identity, GrowsWith = GrowthOf(operands) };
        return call.Method.Name switch
        {
            "Min" => bytes.WithNumber(result with
            {
                IsUnbounded = operands.All(operand => operand.IsUnbounded),
                MayBeZero = operands.Any(operand => operand.Number?.MayBeZero == true),
                Max = operands.Aggregate(operands[0].Max, (max, operand) => BigInteger.Min(max, operand.Max)),
                IsMaxKnown = operands.Any(operand => operand.IsMaxKnown),
                GrowsWith = [],
            }),
            "Max" => bytes.WithNumber(result with
            {
                IsMaxKnown = false,
                MayBeZero = operands.All(IsMaybeZero),
                MayBeNegative = operands.All(operand => operand.Number?.MayBeNegative == true),
            }),
            "Clamp" => bytes.WithNumber(result with
            {
                IsUnbounded = operands[operands.Length - 1].IsUnbounded,
                MayBeNegative = false,
                MayBeZero = IsMaybeZero(operands[operands.Length - 2]),
                Max = operands[operands.Length - 1].Max,
                IsMaxKnown = operands[operands.Length - 1].IsMaxKnown,
            }),
            "Log2" or "PopCount" or "LeadingZeroCount" or "TrailingZeroCount" => bytes.WithNumber(result with
            {
                IsUnbounded = false,
                IsMaxKnown = true,
                MayBeNegative = false,
                MayBeZero = true,
                Max = 128,
                GrowsWith = [],
            }),
            "Abs" => bytes.WithNumber(result with { MayBeNegative = false }),
            _ when NumberType.IsNumber(call.Operation.Type) => bytes.WithNumber(result with
            {
                IsMaxKnown = false,
                Max = NumberType.MaxOf(call.Operation.Type),
            }),
            _ => bytes,
        };
    }
}
