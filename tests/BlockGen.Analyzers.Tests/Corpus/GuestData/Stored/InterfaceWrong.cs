internal interface ISink
{
    void Put(ReadOnlySpan<byte> bytes);
}

internal sealed class LogSink(Stream log) : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => log.Write(bytes); // expect: BG3001
}

internal sealed class Keeper(ISink sink)
{
    [ReviewedGuestAccess("into a sink")]
    public void Log(GuestReadBuffer target) => sink.Put(target.DangerousGetMemory().Span);
}
