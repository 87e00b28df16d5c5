// The limit comes from the same disk.
[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    public uint Count { get; init; }
    public uint MaxCount { get; init; }
}

internal sealed class Loader
{
    public static byte[] Table(Head header)
    {
        if (header.Count > header.MaxCount)
        {
            throw new InvalidDataException();
        }

        return new byte[header.Count]; // expect: BG5001
    }
}
