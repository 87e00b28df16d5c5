// Not zero, said in several ways.
internal static class Geometry
{
    public static ulong Sum(ReadOnlySpan<byte> header, ulong at)
    {
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(header);
        uint second = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        uint third = Math.Max(BinaryPrimitives.ReadUInt32LittleEndian(header[8..]), 1);
        ArgumentOutOfRangeException.ThrowIfZero(second);
        return first == 0 ? at : at / first + at % second + at / third;
    }
}
