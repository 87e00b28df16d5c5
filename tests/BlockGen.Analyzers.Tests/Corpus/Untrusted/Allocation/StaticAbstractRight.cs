internal interface ICounted<TSelf>
    where TSelf : ICounted<TSelf>
{
    static abstract uint CountIn(ReadOnlySpan<byte> bytes);
}

internal sealed class Small : ICounted<Small>
{
    public static uint CountIn(ReadOnlySpan<byte> bytes) =>
        Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), 1024);
}

internal static class Loader
{
    public static ulong[] Table<THead>(ReadOnlySpan<byte> bytes)
        where THead : ICounted<THead> => new ulong[THead.CountIn(bytes)];
}
