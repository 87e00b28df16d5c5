using System.Globalization;
using System.Numerics;

namespace BlockGen;

/// <summary>What the validation of disk structures is made of. Generated code is its main caller.</summary>
public static class LayoutRules
{
    /// <summary>Whether the value is a power of two within the bounds, both allowed.</summary>
    public static bool IsPowerOfTwo(ulong value, ulong min, ulong max) =>
        BitOperations.IsPow2(value) && value >= min && value <= max;

    /// <summary>A number, an enum or an identifier as text, the same in every culture.</summary>
    public static string Text<T>(T value)
        where T : struct, IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>A number whose bits matter as text.</summary>
    public static string Hex(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    /// <summary>The fault of a set of feature bits with unknown ones among them.</summary>
    /// <param name="offset">Where the field starts.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="bits">Its value.</param>
    /// <param name="known">The bits that are known.</param>
    public static LayoutFault UnknownBits(int offset, string field, ulong bits, ulong known) =>
        new(offset, field, Hex(bits), $"has unknown bits {Hex(bits & ~known)}; known are {Hex(known)}");

    /// <summary>The fault of a nested structure, as the structure around it reports it.</summary>
    /// <param name="offset">Where the nested structure starts.</param>
    /// <param name="field">The field that holds it.</param>
    /// <param name="fault">Its fault, or null.</param>
    public static LayoutFault? Within(int offset, string field, LayoutFault? fault) =>
        fault is { } inner
            ? inner with { Offset = offset + inner.Offset, Field = $"{field}.{inner.Field}" }
            : null;

    /// <summary>The first broken rule of an array of structures, or null.</summary>
    /// <param name="offset">Where the array starts.</param>
    /// <param name="field">The field that holds it.</param>
    /// <param name="array">Its elements.</param>
    public static LayoutFault? Validate<T>(int offset, string field, DiskArray<T> array)
        where T : struct, IDiskStruct<T>
    {
        for (int i = 0; i < array.Count; i++)
        {
            if (Within(offset + (i * T.Size), $"{field}[{i}]", array[i].Validate()) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The first wrong checksum in an array of structures, or null.</summary>
    /// <param name="offset">Where the array starts.</param>
    /// <param name="field">The field that holds it.</param>
    /// <param name="source">The array's bytes.</param>
    public static LayoutFault? Verify<T>(int offset, string field, ReadOnlySpan<byte> source)
        where T : struct, IDiskStruct<T>
    {
        for (int i = 0; i < source.Length / T.Size; i++)
        {
            if (Within(offset + (i * T.Size), $"{field}[{i}]", T.Verify(source[(i * T.Size)..])) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The array with each structure's unknown feature bits cleared where that is their rule.</summary>
    public static DiskArray<T> WithoutUnknownBits<T>(DiskArray<T> array)
        where T : struct, IDiskStruct<T> => new([.. array.Select(item => item.WithoutUnknownBits())]);
}
