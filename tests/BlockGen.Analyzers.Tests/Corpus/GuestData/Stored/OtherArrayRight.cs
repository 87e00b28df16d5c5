internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("only the first byte is shown")]
    public void Log(GuestReadBuffer target)
    {
        byte[] copy = new byte[16];
        byte[] other = new byte[16];
        Span<byte> into = copy;
        into = other;
        target.DangerousGetMemory().Span[..16].CopyTo(into);
        Console.WriteLine(other[0]);
        log.Write(copy);
    }
}
