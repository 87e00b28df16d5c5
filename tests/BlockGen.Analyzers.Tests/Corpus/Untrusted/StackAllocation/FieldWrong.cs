[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    public uint NameBytes { get; init; }
}

internal static class Names
{
    public static int Sum(Head header)
    {
        Span<byte> name = stackalloc byte[checked((int)header.NameBytes)]; // expect: BG5002
        name.Clear();
        return name.Length;
    }
}
