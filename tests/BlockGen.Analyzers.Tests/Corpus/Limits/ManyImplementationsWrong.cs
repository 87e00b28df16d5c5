// Every implementation is followed, however many there are.
internal interface ISink
{
    void Put(ReadOnlySpan<byte> bytes);
}

internal sealed class Sink0 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 0);
}

internal sealed class Sink1 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 1);
}

internal sealed class Sink2 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 2);
}

internal sealed class Sink3 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 3);
}

internal sealed class Sink4 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 4);
}

internal sealed class Sink5 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 5);
}

internal sealed class Sink6 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 6);
}

internal sealed class Sink7 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 7);
}

internal sealed class Sink8 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 8);
}

internal sealed class Sink9 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 9);
}

internal sealed class Sink10 : ISink
{
    public void Put(ReadOnlySpan<byte> bytes) => Console.WriteLine(bytes.Length + 10);
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
