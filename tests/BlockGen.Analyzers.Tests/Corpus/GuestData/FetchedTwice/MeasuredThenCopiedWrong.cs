internal static class Names
{
    [ReviewedGuestAccess("a name that ends in a zero")]
    public static byte[] Take(GuestWriteBuffer source)
    {
        ReadOnlySpan<byte> bytes = source.DangerousGetMemory().Span;
        int length = bytes.IndexOf((byte)0);
        return length < 0 ? [] : bytes[..length].ToArray(); // expect: BG3002
    }
}
