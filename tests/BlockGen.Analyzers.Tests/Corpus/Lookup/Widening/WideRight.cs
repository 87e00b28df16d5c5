internal static class Geometry
{
    public static ulong Bytes(uint clusterCount, int clusterBits) => (ulong)clusterCount << clusterBits;

    public static ulong End(uint sector, uint sectorCount) => (ulong)sector * 512 + sectorCount;

    public static long Small(byte count) => count * 512;
}
