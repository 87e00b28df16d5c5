internal sealed unsafe class Keeper(Stream log)
{
    [ReviewedGuestAccess("fixed")]
    public void Log(GuestReadBuffer target)
    {
        byte[] copy = new byte[16];
        fixed (byte* from = target.DangerousGetMemory().Span)
        {
            byte* at = from + 8;
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i] = at[i];
            }
        }

        log.Write(copy); // expect: BG3001
    }
}
