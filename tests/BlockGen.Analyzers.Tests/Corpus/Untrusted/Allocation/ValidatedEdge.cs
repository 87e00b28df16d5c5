// The rule is asked for before the field is used.
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
        if (header.Validate() is { } fault)
        {
            throw new InvalidDataException(fault.ToString());
        }

        return new byte[header.Count];
    }
}
