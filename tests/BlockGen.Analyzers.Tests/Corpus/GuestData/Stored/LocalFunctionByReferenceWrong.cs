internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("by reference")]
    public void Log(GuestReadBuffer target)
    {
        byte[] bytes = new byte[16];
        Replace(ref bytes);
        log.Write(bytes); // expect: BG3001

        void Replace(ref byte[] what)
        {
            what = target.DangerousGetMemory().Span[..16].ToArray();
        }
    }
}
