internal static class Filler
{
    public static byte[] Fill(ReadOnlySpan<byte> header)
    {
        int count = BinaryPrimitives.ReadInt32LittleEndian(header);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Enumerable.Repeat((byte)0, count)]; // expect: BG5003
    }
}
