internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("handed in")]
    public void Log(GuestReadBuffer target) => LogFrom(() => target.DangerousGetMemory().ToArray());

    private void LogFrom(Func<byte[]> source)
    {
        byte[] bytes = source();
        log.Write(bytes); // expect: BG3001
    }
}
