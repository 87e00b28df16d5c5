internal static class Loader
{
    public static ulong ClusterSize(ReadOnlySpan<byte> header)
    {
        byte bits = header[20];
        ulong masked = 1UL << (bits & 31);
        return bits is >= 9 and <= 21 ? (1UL << bits) | masked : masked;
    }
}
