using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;

namespace BlockGen;

/// <summary>The checksums that disk structures declare. Generated code is its main caller.</summary>
public static class Checksums
{
    private const int FieldBytes = sizeof(uint);

    /// <summary>The checksum of <paramref name="covered"/>, with four of its bytes taken as zero.</summary>
    /// <param name="kind">How it is computed.</param>
    /// <param name="covered">The bytes covered.</param>
    /// <param name="zeroedAt">Where in them the checksum's own field starts; negative when it lies outside.</param>
    public static uint Compute(ChecksumKind kind, ReadOnlySpan<byte> covered, int zeroedAt)
    {
        if (zeroedAt < 0)
        {
            return Compute(kind, covered, [], []);
        }

        ReadOnlySpan<byte> zeroes = stackalloc byte[FieldBytes];
        return Compute(kind, covered[..zeroedAt], zeroes, covered[(zeroedAt + FieldBytes)..]);
    }

    /// <summary>The fault of a checksum field, or null when the checksum is right.</summary>
    /// <param name="kind">How it is computed.</param>
    /// <param name="structure">The whole structure.</param>
    /// <param name="from">First byte covered.</param>
    /// <param name="to">First byte after those covered.</param>
    /// <param name="at">Where the field starts.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="found">The value the field holds.</param>
    public static LayoutFault? Verify(
        ChecksumKind kind, ReadOnlySpan<byte> structure, int from, int to, int at, string field, uint found)
    {
        uint expected = Compute(kind, structure[from..to], ZeroedAt(from, to, at));
        return found == expected
            ? null
            : new LayoutFault(at, field, $"0x{found:x8}", $"is not the checksum of bytes {from} to {to - 1}, 0x{expected:x8}");
    }

    /// <summary>The checksum of part of a structure whose checksum field starts at <paramref name="at"/>.</summary>
    /// <param name="kind">How it is computed.</param>
    /// <param name="structure">The whole structure.</param>
    /// <param name="from">First byte covered.</param>
    /// <param name="to">First byte after those covered.</param>
    /// <param name="at">Where the field starts.</param>
    public static uint Compute(ChecksumKind kind, ReadOnlySpan<byte> structure, int from, int to, int at) =>
        Compute(kind, structure[from..to], ZeroedAt(from, to, at));

    private static int ZeroedAt(int from, int to, int at) => at >= from && at < to ? at - from : -1;

    private static uint Compute(
        ChecksumKind kind, ReadOnlySpan<byte> before, ReadOnlySpan<byte> zeroes, ReadOnlySpan<byte> after) => kind switch
    {
        ChecksumKind.Crc32 => Crc32Of(before, zeroes, after),
        ChecksumKind.Crc32C => ~Crc32C(Crc32C(Crc32C(uint.MaxValue, before), zeroes), after),
        ChecksumKind.OnesComplementOfSum => ~unchecked(Sum(before) + Sum(after)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such checksum"),
    };

    private static uint Crc32Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> zeroes, ReadOnlySpan<byte> after)
    {
        Crc32 crc = new();
        crc.Append(before);
        crc.Append(zeroes);
        crc.Append(after);
        return crc.GetCurrentHashAsUInt32();
    }

    private static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        foreach (byte value in bytes)
        {
            sum = unchecked(sum + value);
        }

        return sum;
    }
}
