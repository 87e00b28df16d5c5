internal static class Names
{
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> sector)
    {
        int start = BinaryPrimitives.ReadUInt16LittleEndian(sector);
        return start >= sector.Length ? [] : sector[start..];
    }

    public static ReadOnlySpan<byte> Both(ReadOnlySpan<byte> sector)
    {
        ulong start = BinaryPrimitives.ReadUInt32LittleEndian(sector);
        ulong length = BinaryPrimitives.ReadUInt32LittleEndian(sector[4..]);
        if (start + length > (ulong)sector.Length)
        {
            throw new InvalidDataException("the name leaves its sector");
        }

        return sector.Slice((int)start, (int)length);
    }
}
