// detour: ref/out parameters
internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("handed out")]
    private static void Replace(ref byte[] bytes, GuestReadBuffer target)
    {
        bytes = target.DangerousGetMemory().ToArray();
    }

    public void Log(GuestReadBuffer target)
    {
        byte[] bytes = new byte[16];
        Replace(ref bytes, target);
        log.Write(bytes); // expect: BG3001
    }
}
