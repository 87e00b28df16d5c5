internal static class Geometry
{
    public static ulong Bytes(uint clusterCount, int clusterBits) => clusterCount << clusterBits; // expect: BG2051

    public static ulong End(uint sector, uint sectorCount)
    {
        ulong end = sector * 512 + sectorCount; // expect: BG2051
        return end;
    }
}
