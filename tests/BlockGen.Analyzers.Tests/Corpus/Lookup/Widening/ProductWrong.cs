internal static class Use
{
    public static ulong At(uint clusterIndex, uint clusterBytes)
    {
        ulong at = clusterIndex * clusterBytes; // expect: BG2051
        return at;
    }

    public static long Position(int sector) => sector * 512; // expect: BG2051

    public static HostOffset Place(uint block) => new(block << 20); // expect: BG2051

    public static ulong End(uint start, uint length) => (ulong)(start + length); // expect: BG2051
}
