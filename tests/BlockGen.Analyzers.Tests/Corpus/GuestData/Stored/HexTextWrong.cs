internal sealed class Keeper(StreamWriter log)
{
    [ReviewedGuestAccess("told of in the log")]
    public void Keep(GuestReadBuffer target)
    {
        string text = Convert.ToHexString(target.DangerousGetMemory().Span);
        log.WriteLine($"read {text}"); // expect: BG3001
    }
}
