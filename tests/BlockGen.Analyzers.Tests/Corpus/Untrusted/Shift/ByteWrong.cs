internal static class Loader
{
    public static ulong ClusterSize(ReadOnlySpan<byte> header)
    {
        byte bits = header[20];
        return bits >= 9 ? 1UL << bits : throw new InvalidDataException("clusters are too small"); // expect: BG5008
    }
}
