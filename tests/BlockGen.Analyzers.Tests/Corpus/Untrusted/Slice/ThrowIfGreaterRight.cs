internal static class Loader
{
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> header)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ReadOnlySpan<byte> rest = header[8..];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, (uint)rest.Length);
        return rest[..(int)length];
    }
}
