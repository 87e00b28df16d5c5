internal static class Names
{
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> sector)
    {
        int start = BinaryPrimitives.ReadUInt16LittleEndian(sector);
        return start < sector.Length ? [] : sector[start..]; // expect: BG5005
    }

    public static string Text(byte[] sector)
    {
        int length = BitConverter.ToInt32(sector, 4);
        return System.Text.Encoding.ASCII.GetString(sector, 8, length); // expect: BG5005
    }

    public static ReadOnlyMemory<byte> Last(ReadOnlyMemory<byte> sector)
    {
        ushort length = MemoryMarshal.Read<ushort>(sector.Span);
        return sector[^length..]; // expect: BG5005
    }

    public static ReadOnlySpan<byte> LengthOnly(ReadOnlySpan<byte> sector)
    {
        int start = BinaryPrimitives.ReadUInt16LittleEndian(sector);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(sector[2..]);
        return length <= sector.Length ? sector.Slice(start, length) : []; // expect: BG5005
    }
}
