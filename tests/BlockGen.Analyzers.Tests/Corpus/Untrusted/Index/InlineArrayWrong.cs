[InlineArray(32)]
internal struct Roots
{
    private ulong _first;
}

internal sealed class Loader
{
    private Roots _roots;

    public ulong Root(ReadOnlySpan<byte> header)
    {
        byte index = header[9];
        return _roots[index]; // expect: BG5006
    }
}
