internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("through another name")]
    public void Log(GuestReadBuffer target)
    {
        byte[] copy = new byte[16];
        byte[] same = copy;
        Memory<byte> part = same;
        target.DangerousGetMemory()[..16].CopyTo(copy);
        log.Write(part.Span); // expect: BG3001
    }
}
