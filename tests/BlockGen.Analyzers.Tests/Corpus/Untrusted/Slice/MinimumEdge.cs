// Cut to what there is, and compared as unsigned numbers.
internal static class Names
{
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> sector)
    {
        int start = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(sector), (ushort)64);
        int length = BinaryPrimitives.ReadInt32LittleEndian(sector[2..]);
        return (uint)length <= (uint)(sector.Length - start) ? sector.Slice(start, length) : [];
    }
}
