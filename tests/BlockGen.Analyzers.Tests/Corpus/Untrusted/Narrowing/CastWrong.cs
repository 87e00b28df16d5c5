[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    public ulong TableBytes { get; init; }
}

internal static class Tables
{
    public static int Bytes(Head header) => (int)header.TableBytes; // expect: BG5010
}
