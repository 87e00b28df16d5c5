// detour: pointers
// Writes through a pointer into guest memory, and logs a buffer of its own.
internal sealed unsafe class Keeper(Stream log)
{
    [ReviewedGuestAccess("only written to")]
    public void Zero(GuestReadBuffer target)
    {
        byte[] own = new byte[16];
        fixed (byte* start = target.DangerousGetMemory().Span)
        {
            for (int i = 0; i < target.Length; i++)
            {
                start[i] = 0;
            }
        }

        log.Write(own);
    }
}
