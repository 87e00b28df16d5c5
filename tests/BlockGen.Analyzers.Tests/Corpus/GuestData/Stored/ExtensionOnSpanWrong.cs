internal static class Spans
{
    public static byte[] Reversed(this ReadOnlySpan<byte> bytes)
    {
        byte[] reversed = new byte[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            reversed[bytes.Length - 1 - i] = bytes[i];
        }

        return reversed;
    }
}

internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("backwards")]
    public void Log(GuestReadBuffer target)
    {
        ReadOnlySpan<byte> bytes = target.DangerousGetMemory().Span;
        log.Write(bytes.Reversed()); // expect: BG3001
    }
}
