// The sum is compared with an operand, or the operand with what the other leaves.
internal sealed class Loader(IStorage storage)
{
    public bool IsInside(ReadOnlySpan<byte> entry)
    {
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(entry);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
        ulong end = offset + length;
        return end >= offset && end <= storage.Length;
    }

    public ulong End(ReadOnlySpan<byte> entry)
    {
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(entry);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
        return offset > ulong.MaxValue - length ? throw new InvalidDataException() : offset + length;
    }
}
