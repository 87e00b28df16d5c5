internal static class Packets
{
    [ReviewedGuestAccess("measured, then copied")]
    public static byte[] Payload(GuestWriteBuffer source)
    {
        ReadOnlySpan<byte> bytes = source.DangerousGetMemory().Span;
        int length = Math.Min(bytes[0], (byte)64);
        byte[] payload = new byte[length + 1];
        bytes[..(length + 1)].CopyTo(payload); // expect: BG3002
        return payload;
    }
}
