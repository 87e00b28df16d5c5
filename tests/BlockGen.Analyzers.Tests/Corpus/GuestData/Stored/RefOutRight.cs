// detour: ref/out parameters
// The out parameter is a length.
internal sealed class Keeper(Stream log)
{
    private static void Measure(GuestReadBuffer target, out int length) => length = target.Length;

    public void Log(GuestReadBuffer target)
    {
        Measure(target, out int length);
        byte[] bytes = new byte[length];
        log.Write(bytes);
    }
}
