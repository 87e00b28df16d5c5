using System.Buffers.Binary;

namespace BlockGen.Fuzz;

/// <summary>Changes numbers to such as sit on boundaries.</summary>
internal sealed class NumberMutator(Random random)
{
    /// <summary>Changes a number in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="at">Where the number is.</param>
    /// <param name="size">Its bytes; of longer ones, such as texts, up to 8 are changed.</param>
    public void Change(byte[] file, int at, int size)
    {
        if (size > sizeof(ulong))
        {
            at += random.Next(size - sizeof(ulong) + 1);
            size = sizeof(ulong);
        }

        if (at + size > file.Length)
        {
            return;
        }

        bool isBig = random.Next(2) == 0;
        ulong value = Another(Read(file.AsSpan(at, size), isBig), size * 8, (ulong)file.Length);
        Write(file.AsSpan(at, size), isBig, value);
    }

    private ulong Another(ulong value, int bits, ulong fileBytes) => random.Next(12) switch
    {
        0 => 0,
        1 => (ulong)random.Next(16),
        2 => ulong.MaxValue >> random.Next(64),
        3 => 1UL << random.Next(bits),
        4 => (1UL << random.Next(bits)) - 1,
        5 => value + (ulong)random.Next(1, 4),
        6 => value - (ulong)random.Next(1, 4),
        7 => value ^ 1UL << random.Next(bits),
        8 => fileBytes >> random.Next(17),
        9 => (fileBytes & ~511UL) + ((ulong)random.Next(3) << random.Next(9, 17)),
        10 => value + (1UL << random.Next(bits)),
        _ => random.Next(2) == 0 ? value << 1 : value >> 1,
    };

    private static ulong Read(ReadOnlySpan<byte> bytes, bool isBig)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        if (isBig)
        {
            bytes.CopyTo(word[^bytes.Length..]);
            return BinaryPrimitives.ReadUInt64BigEndian(word);
        }

        bytes.CopyTo(word);
        return BinaryPrimitives.ReadUInt64LittleEndian(word);
    }

    private static void Write(Span<byte> bytes, bool isBig, ulong value)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        if (isBig)
        {
            BinaryPrimitives.WriteUInt64BigEndian(word, value);
            word[^bytes.Length..].CopyTo(bytes);
            return;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..bytes.Length].CopyTo(bytes);
    }
}
