internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("by reference")]
    public void Log(GuestReadBuffer target)
    {
        byte[] copy = new byte[1];
        ref byte place = ref copy[0];
        place = target.DangerousGetMemory().Span[0];
        log.Write(copy); // expect: BG3001
    }
}
