internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("changed on the way")]
    public void Log(GuestReadBuffer target)
    {
        byte[] copy = target.DangerousGetMemory().ToArray();
        byte[] changed = copy.Select(value => (byte)(value ^ 0x55)).Concat(new byte[4]).ToArray();
        log.Write(changed); // expect: BG3001
    }
}
