// detour: spans
internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("logged")]
    public void Log(GuestReadBuffer target)
    {
        ReadOnlySpan<byte> bytes = target.DangerousGetMemory().Span;
        log.Write(bytes); // expect: BG3001
    }
}
