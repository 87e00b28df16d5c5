internal abstract class Sink
{
    public abstract void Put(ReadOnlySpan<byte> bytes);
}

internal sealed class LogSink(Stream log) : Sink
{
    public override void Put(ReadOnlySpan<byte> bytes)
    {
        log.Write(bytes); // expect: BG3001
    }
}

internal sealed class Keeper(Sink sink)
{
    [ReviewedGuestAccess("into a sink")]
    public void Log(GuestReadBuffer target) => sink.Put(target.DangerousGetMemory().Span);
}
