internal interface ISink
{
    void Put(ReadOnlySpan<byte> bytes);
}

internal readonly struct LogSink(Stream log) : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => log.Write(bytes); // expect: BG3001
}

internal static class Keeper
{
    [ReviewedGuestAccess("into a sink")]
    public static void Log<TSink>(TSink sink, GuestReadBuffer target)
        where TSink : ISink => sink.Put(target.DangerousGetMemory().Span);
}
