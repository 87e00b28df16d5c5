internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("through a delegate")]
    private static byte[] Copy(GuestReadBuffer target) => target.DangerousGetMemory().ToArray();

    public void Log(GuestReadBuffer target)
    {
        Func<GuestReadBuffer, byte[]> copy = Copy;
        log.Write(copy(target)); // expect: BG3001
    }
}
