using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>The values that an integer type can have.</summary>
internal static class NumberType
{
    /// <summary>Bits of an integer type, offset type or enum; zero for any other.</summary>
    public static int BitsOf(ITypeSymbol? type) => Underlying(type)?.SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte => 8,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 16,
        SpecialType.System_Int32 or SpecialType.System_UInt32 => 32,
        SpecialType.System_Int64 or SpecialType.System_UInt64 => 64,
        SpecialType.System_IntPtr or SpecialType.System_UIntPtr => 64,
        _ when type.IsOffset() => 64,
        _ when type.IsIn("System", "UInt128") || type.IsIn("System", "Int128") => 128,
        _ => 0,
    };

    public static bool IsNumber(ITypeSymbol? type) => BitsOf(type) > 0;

    public static bool IsSigned(ITypeSymbol? type) =>
        Underlying(type)?.SpecialType is SpecialType.System_SByte or SpecialType.System_Int16
            or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_IntPtr
        || type.IsIn("System", "Int128");

    /// <summary>The largest value of the type.</summary>
    public static BigInteger MaxOf(ITypeSymbol? type) =>
        (BigInteger.One << (IsSigned(type) ? BitsOf(type) - 1 : BitsOf(type))) - 1;

    /// <summary>The smallest number that is at least this one and has only ones as bits.</summary>
    public static BigInteger AllBitsOf(BigInteger number)
    {
        BigInteger bits = BigInteger.One;
        while (bits <= number)
        {
            bits <<= 1;
        }

        return bits - 1;
    }

    /// <summary>A constant as a number; null when it is none.</summary>
    public static BigInteger? Constant(IOperation operation) =>
        operation.ConstantValue is { HasValue: true, Value: { } value } ? Number(value)
        : operation is IConversionOperation conversion && IsOfRuntime(conversion) && BitsOf(operation.Type) == 128
            ? Constant(conversion.Operand)
        : null;

    /// <summary>Whether the language or the runtime defines the conversion, so that the number stays what it is.</summary>
    public static bool IsOfRuntime(IConversionOperation conversion) =>
        conversion.OperatorMethod is null || BitsOf(conversion.OperatorMethod.ContainingType) == 128;

    public static BigInteger? Number(object value) => value switch
    {
        byte number => number,
        sbyte number => number,
        short number => number,
        ushort number => number,
        char number => number,
        int number => number,
        uint number => number,
        long number => number,
        ulong number => number,
        _ => null,
    };

    private static ITypeSymbol? Underlying(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } ? underlying : type;
}
