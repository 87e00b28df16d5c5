internal static class Spans
{
    extension(ReadOnlySpan<byte> bytes)
    {
        public byte[] Tail(int count)
        {
            byte[] tail = new byte[count];
            bytes[^count..].CopyTo(tail);
            return tail;
        }
    }
}

internal sealed class Keeper(FileStream file)
{
    [ReviewedGuestAccess("its tail")]
    public void Keep(GuestReadBuffer target)
    {
        ReadOnlySpan<byte> all = target.DangerousGetMemory().Span;
        file.Write(all.Tail(16)); // expect: BG3001
    }
}
