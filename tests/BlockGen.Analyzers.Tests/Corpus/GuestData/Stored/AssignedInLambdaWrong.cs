internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("assigned in a lambda")]
    public void Log(GuestReadBuffer target)
    {
        byte[] copy = [];
        Action take = () => copy = target.DangerousGetMemory().ToArray();
        take();
        log.Write(copy); // expect: BG3001
    }
}
