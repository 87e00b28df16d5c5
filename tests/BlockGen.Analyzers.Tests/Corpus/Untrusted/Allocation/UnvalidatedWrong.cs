// The field has a rule, but nobody has asked whether it holds.
[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    [InRange(Max = 4096)] public uint Count { get; init; }
}

internal sealed class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> bytes)
    {
        Head header = Head.Read(bytes);
        return new byte[header.Count]; // expect: BG5001
    }
}
