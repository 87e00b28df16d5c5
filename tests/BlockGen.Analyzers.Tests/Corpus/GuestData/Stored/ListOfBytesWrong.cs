internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("byte by byte")]
    public void Log(GuestReadBuffer target)
    {
        List<byte> bytes = [];
        foreach (byte value in target.DangerousGetMemory().Span)
        {
            bytes.Add(value);
        }

        log.Write(bytes.ToArray()); // expect: BG3001
    }
}
