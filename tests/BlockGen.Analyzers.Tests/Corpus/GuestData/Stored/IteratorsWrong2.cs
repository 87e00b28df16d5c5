// detour: iterators
internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("byte by byte")]
    private static IEnumerable<byte> Bytes(GuestReadBuffer target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            yield return target.DangerousGetMemory().Span[i];
        }
    }

    public void Log(GuestReadBuffer target)
    {
        byte[] bytes = Bytes(target).Take(16).ToArray();
        log.Write(bytes); // expect: BG3001
    }
}
