[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    public uint TableBytes { get; init; }
}

internal sealed class Loader
{
    public byte[] Table(Head header) => new byte[header.TableBytes]; // expect: BG5001
}
