// detour: pointers
internal sealed unsafe class Keeper(Stream log)
{
    [ReviewedGuestAccess("fixed")]
    public void Log(GuestReadBuffer target)
    {
        fixed (byte* start = target.DangerousGetMemory().Span)
        {
            log.Write(new ReadOnlySpan<byte>(start, 16)); // expect: BG3001
        }
    }
}
