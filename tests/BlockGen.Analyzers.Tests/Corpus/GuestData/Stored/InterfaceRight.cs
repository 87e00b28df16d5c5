internal interface ISink
{
    void Put(GuestReadBuffer target);
}

internal sealed class Zeroes : ISink
{
    public void Put(GuestReadBuffer target) => target.Clear();
}

internal sealed class Pattern(byte value) : ISink
{
    private readonly byte[] _pattern = [value, value];

    public void Put(GuestReadBuffer target) => target.Slice(0, 2).Fill(_pattern);
}

internal sealed class Reader(ISink sink)
{
    public void Read(GuestReadBuffer target) => sink.Put(target);
}
