using System.Buffers.Binary;

namespace BlockGen.Drivers.Qcow2;

/// <summary>
/// Consecutive reference counts as they are in a block: counts narrower than a byte begin at its low bits, wider ones
/// are big-endian.
/// </summary>
/// <param name="bits">Bits in a count: 1 to 64, a power of two.</param>
/// <param name="first">The first count's number in the block.</param>
/// <param name="length">How many.</param>
internal readonly struct CountBytes(int bits, int first, int length)
{
    /// <summary>The bytes they lie in.</summary>
    public byte[] Bytes { get; } = new byte[(int)(((long)(first + length) * bits + 7) / 8 - (long)first * bits / 8)];

    /// <summary>Where the bytes start in the block.</summary>
    public ulong Start => (ulong)((long)first * bits / 8);

    /// <summary>Whether other counts may lie in the same bytes.</summary>
    public bool SharesBytes => bits < 8;

    /// <summary>Takes the counts out of the bytes.</summary>
    public void Read(Span<ulong> counts)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = bits switch
            {
                8 => Bytes[i],
                16 => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(i * 2)),
                32 => BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(i * 4)),
                64 => BinaryPrimitives.ReadUInt64BigEndian(Bytes.AsSpan(i * 8)),
                _ => (ulong)(Bytes[IndexOf(i)] >> ShiftOf(i)) & Mask,
            };
        }
    }

    /// <summary>Puts counts into the bytes; others in them stay.</summary>
    public void Write(ReadOnlySpan<ulong> counts)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            switch (bits)
            {
                case 8:
                    Bytes[i] = (byte)(counts[i] & byte.MaxValue);
                    break;
                case 16:
                    BinaryPrimitives.WriteUInt16BigEndian(Bytes.AsSpan(i * 2), (ushort)(counts[i] & ushort.MaxValue));
                    break;
                case 32:
                    BinaryPrimitives.WriteUInt32BigEndian(Bytes.AsSpan(i * 4), (uint)(counts[i] & uint.MaxValue));
                    break;
                case 64:
                    BinaryPrimitives.WriteUInt64BigEndian(Bytes.AsSpan(i * 8), counts[i]);
                    break;
                default:
                    int others = Bytes[IndexOf(i)] & ~((int)Mask << ShiftOf(i));
                    Bytes[IndexOf(i)] = (byte)(others | (int)(counts[i] & Mask) << ShiftOf(i));
                    break;
            }
        }
    }

    private ulong Mask => (1UL << bits) - 1;

    private int IndexOf(int count) => (first + count) * bits / 8 - (int)Start;

    private int ShiftOf(int count) => (first + count) * bits % 8;
}
