internal sealed unsafe class Keeper(Stream log)
{
    [ReviewedGuestAccess("fixed")]
    public void Log(GuestReadBuffer target)
    {
        byte[] copy = new byte[16];
        fixed (byte* from = target.DangerousGetMemory().Span)
        fixed (byte* to = copy)
        {
            Buffer.MemoryCopy(from, to, 16, 16);
        }

        log.Write(copy); // expect: BG3001
    }
}
