internal static class Names
{
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> sector)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(sector);
        return sector[2..length]; // expect: BG5005
    }
}
