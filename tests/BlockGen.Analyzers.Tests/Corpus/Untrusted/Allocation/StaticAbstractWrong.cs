internal interface ICounted<TSelf>
    where TSelf : ICounted<TSelf>
{
    static abstract uint CountIn(ReadOnlySpan<byte> bytes);
}

internal sealed class Big : ICounted<Big>
{
    public static uint CountIn(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}

internal static class Loader
{
    public static ulong[] Table<THead>(ReadOnlySpan<byte> bytes)
        where THead : ICounted<THead>
    {
        uint count = THead.CountIn(bytes);
        return new ulong[count]; // expect: BG5001
    }
}
