internal static class Loader
{
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> header)
    {
        int start = BinaryPrimitives.ReadUInt16LittleEndian(header);
        if (start <= header.Length)
        {
            return header[^start..];
        }

        return header[..start]; // expect: BG5005
    }
}
