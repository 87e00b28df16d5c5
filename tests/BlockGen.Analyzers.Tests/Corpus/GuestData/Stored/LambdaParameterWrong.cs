internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("handed over")]
    public void Log(GuestReadBuffer target)
    {
        Action<ReadOnlyMemory<byte>> write = bytes =>
        {
            log.Write(bytes.Span); // expect: BG3001
        };
        write(target.DangerousGetMemory());
    }
}
