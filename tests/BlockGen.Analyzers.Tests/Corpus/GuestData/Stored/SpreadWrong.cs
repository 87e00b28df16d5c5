internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("with a byte before it")]
    public void Log(GuestReadBuffer target)
    {
        byte[] line = [1, .. target.DangerousGetMemory().Span];
        log.Write(line); // expect: BG3001
    }
}
