internal static class Dispatcher
{
    [ReviewedGuestAccess("a small number")]
    public static int Handle(GuestWriteBuffer source, int[] table)
    {
        ReadOnlySpan<byte> bytes = source.DangerousGetMemory().Span;
        return bytes[0] < table.Length
            ? table[bytes[0]] // expect: BG3002
            : -1;
    }
}
