internal static class Places
{
    public static ulong[] Of(uint first, uint second, uint clusterSize) =>
    [
        first * clusterSize, // expect: BG2051
        (ulong)second * clusterSize,
    ];
}
