internal readonly record struct Head(uint Version, uint Count)
{
    public static Head Parse(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));
}

internal static class Loader
{
    public static ulong[] Table(ReadOnlySpan<byte> bytes)
    {
        Head head = Head.Parse(bytes);
        return head is { Version: 3, Count: > 0 and var count } ? new ulong[count] : []; // expect: BG5001
    }
}
