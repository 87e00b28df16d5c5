using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>BG2051.</summary>
internal static class LateWidening
{
    private const int MaxDepth = 8;

    /// <summary>The computation in 32 bits that is widened to 64 although it may have overflowed.</summary>
    public static IOperation? Of(IConversionOperation conversion)
    {
        if ((conversion.OperatorMethod is not null && NumberType.BitsOf(conversion.Type) != 128)
            || NumberType.BitsOf(conversion.Type) < 64
            || NumberType.BitsOf(conversion.Operand.Type) != 32
            || conversion.ConstantValue.HasValue)
        {
            return null;
        }

        IOperation computed = Bare(conversion.Operand);
        return computed is IBinaryOperation { OperatorMethod: null, IsChecked: false } binary
            && !binary.ConstantValue.HasValue
            && binary.OperatorKind is BinaryOperatorKind.Multiply or BinaryOperatorKind.LeftShift or BinaryOperatorKind.Add
            && MaxOf(binary, 0) > NumberType.MaxOf(binary.Type)
            && !IsMeant(binary)
            && !binary.Descendants().Any(IsUntrusted)
            ? binary
            : null;
    }

    /// <summary>Numbers from a disk that nothing limits are followed everywhere, and reported as such.</summary>
    private static bool IsUntrusted(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { } field }
        && (field.ContainingType.IsDiskStruct() || field.ContainingType.IsTableEntry())
        && FieldRule.FactsOf(field, null, Location.None, isValidated: true) is { IsUnbounded: true };

    private static IOperation Bare(IOperation operation) => operation switch
    {
        IParenthesizedOperation inner => Bare(inner.Operand),
        IConversionOperation { OperatorMethod: null } conversion
            when NumberType.BitsOf(conversion.Type) == 32 && NumberType.BitsOf(conversion.Operand.Type) == 32 =>
            Bare(conversion.Operand),
        _ => operation,
    };

    /// <summary>Signed numbers that are added, and lengths, are places in memory; what is meant to wrap says so.</summary>
    private static bool IsMeant(IBinaryOperation binary) =>
        OverflowChecks.MeansToWrap(binary.Syntax)
        || (NumberType.IsSigned(binary.Type)
            && (binary.OperatorKind is BinaryOperatorKind.Add
                || IsLength(binary.LeftOperand)
                || IsLength(binary.RightOperand)));

    private static bool IsLength(IOperation operation) =>
        Bare(operation) is IPropertyReferenceOperation { Property.Name: "Length" };

    private static BigInteger MaxOf(IOperation operation, int depth)
    {
        IOperation bare = operation is IParenthesizedOperation inner ? inner.Operand : operation;
        if (NumberType.Constant(bare) is { } constant)
        {
            return BigInteger.Abs(constant);
        }

        BigInteger most = NumberType.IsNumber(bare.Type) ? NumberType.MaxOf(bare.Type) : BigInteger.Zero;
        if (depth > MaxDepth)
        {
            return most;
        }

        return bare switch
        {
            IConversionOperation { OperatorMethod: null } conversion =>
                BigInteger.Min(most, MaxOf(conversion.Operand, depth + 1)),
            IBinaryOperation binary => MaxOf(binary, depth, most),
            IPropertyReferenceOperation property =>
                BigInteger.Min(most, DeclaredMax(property.Property) ?? most),
            IInvocationOperation { TargetMethod.Name: "Min" } call when call.Arguments.Length == 2 =>
                call.Arguments.Select(argument => MaxOf(argument.Value, depth + 1)).Min(),
            IInvocationOperation { TargetMethod.Name: "Clamp" } call when call.Arguments.Length == 3 =>
                MaxOf(call.Arguments[2].Value, depth + 1),
            IInvocationOperation { TargetMethod.Name: "Log2" or "PopCount" or "TrailingZeroCount" or "LeadingZeroCount" } => 64,
            ILocalReferenceOperation local => BigInteger.Min(most, InitialMax(local, depth) ?? CheckedMax(local) ?? most),
            IParameterReferenceOperation parameter => CheckedMax(parameter) ?? most,
            _ => most,
        };
    }

    private static BigInteger MaxOf(IBinaryOperation binary, int depth, BigInteger most)
    {
        BigInteger left = MaxOf(binary.LeftOperand, depth + 1);
        BigInteger right = MaxOf(binary.RightOperand, depth + 1);
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Add => left + right,
            BinaryOperatorKind.Multiply => left * right,
            BinaryOperatorKind.LeftShift => left << (int)BigInteger.Min(right, 31),
            BinaryOperatorKind.And => BigInteger.Min(left, right),
            BinaryOperatorKind.Remainder => BigInteger.Min(left, right),
            BinaryOperatorKind.RightShift when NumberType.Constant(binary.RightOperand) is { } count => left >> (int)count,
            BinaryOperatorKind.Divide when NumberType.Constant(binary.RightOperand) is { IsZero: false } divisor =>
                left / BigInteger.Abs(divisor),
            BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift or BinaryOperatorKind.Subtract => left,
            _ => most,
        };
    }

    /// <summary>The most that a field's rules allow.</summary>
    private static BigInteger? DeclaredMax(IPropertySymbol property) =>
        FieldRule.FactsOf(property, null, Location.None, isValidated: true)?.Max;

    /// <summary>The most that a variable can be in a branch that a comparison with a constant leads to.</summary>
    private static BigInteger? CheckedMax(IOperation variable)
    {
        for (IOperation at = variable; at.Parent is { } parent; at = parent)
        {
            IOperation? condition = parent switch
            {
                ISwitchExpressionArmOperation arm when arm.Value == at => arm.Guard,
                IConditionalOperation conditional when conditional.WhenTrue == at => conditional.Condition,
                _ => null,
            };
            if (condition is IBinaryOperation
                {
                    OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual,
                } comparison
                && Bare(comparison.LeftOperand).Syntax.IsEquivalentTo(variable.Syntax)
                && NumberType.Constant(comparison.RightOperand) is { } limit)
            {
                return limit;
            }
        }

        return null;
    }

    /// <summary>The most that a local can be that is never assigned again.</summary>
    private static BigInteger? InitialMax(ILocalReferenceOperation local, int depth)
    {
        IOperation root = local;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        IVariableDeclaratorOperation? declarator = null;
        foreach (IOperation operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation candidate when Same(candidate.Symbol, local.Local):
                    declarator = candidate;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } when Same(target.Local, local.Local):
                case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation stepped } when Same(stepped.Local, local.Local):
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation filled }
                    when Same(filled.Local, local.Local):
                    return null;
            }
        }

        return declarator?.GetVariableInitializer() is { Value: { } value } ? MaxOf(value, depth + 1) : null;
    }

    private static bool Same(ILocalSymbol first, ILocalSymbol second) => SymbolEqualityComparer.Default.Equals(first, second);
}
