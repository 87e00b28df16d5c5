internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("if there is any")]
    private static bool TryGet(GuestReadBuffer target, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = target.Length > 0 ? target.DangerousGetMemory().ToArray() : null;
        return bytes is not null;
    }

    public void Log(GuestReadBuffer target)
    {
        if (TryGet(target, out byte[]? bytes))
        {
            log.Write(bytes); // expect: BG3001
        }
    }
}
