internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("through another name")]
    public void Log(GuestReadBuffer target)
    {
        byte[] copy = new byte[16];
        Span<byte> into = copy.AsSpan(0, 16);
        target.DangerousGetMemory().Span[..16].CopyTo(into);
        log.Write(copy); // expect: BG3001
    }
}
