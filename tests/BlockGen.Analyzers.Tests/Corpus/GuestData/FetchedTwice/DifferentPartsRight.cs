internal static class Requests
{
    [ReviewedGuestAccess("each part once")]
    public static (byte Kind, uint Length, byte[] Body) Parse(GuestWriteBuffer source)
    {
        ReadOnlySpan<byte> bytes = source.DangerousGetMemory().Span;
        byte kind = bytes[0];
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4, 4));
        return (kind, length, bytes[8..].ToArray());
    }
}
