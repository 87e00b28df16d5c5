internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("its first byte")]
    public void Log(GuestReadBuffer target)
    {
        if (target.DangerousGetMemory().Span is [byte first, ..])
        {
            log.WriteByte(first); // expect: BG3001
        }
    }
}
