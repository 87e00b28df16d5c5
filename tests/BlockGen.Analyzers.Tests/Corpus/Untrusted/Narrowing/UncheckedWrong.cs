internal static class Loader
{
    public static int Length(ReadOnlySpan<byte> header)
    {
        checked
        {
            uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
            return unchecked((int)bytes); // expect: BG5010
        }
    }
}
