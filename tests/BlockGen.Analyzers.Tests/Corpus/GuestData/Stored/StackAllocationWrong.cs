internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("on the stack")]
    public void Log(GuestReadBuffer target)
    {
        Span<byte> copy = stackalloc byte[64];
        target.DangerousGetMemory().Span[..64].CopyTo(copy);
        log.Write(copy); // expect: BG3001
    }
}
