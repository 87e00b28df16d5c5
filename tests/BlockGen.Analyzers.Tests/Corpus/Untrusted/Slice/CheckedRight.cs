internal static class Names
{
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> sector)
    {
        int start = BinaryPrimitives.ReadUInt16LittleEndian(sector);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(sector[2..]);
        if (start > sector.Length || length > sector.Length - start)
        {
            throw new InvalidDataException("the name leaves its sector");
        }

        return sector.Slice(start, length);
    }
}
