[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    [InRange(Min = 1, Max = 1 << 21)] public uint Tracks { get; init; }
    [PowerOfTwo] public uint ClusterSize { get; init; }
    [OneOf(512, 4096)] public uint SectorSize { get; init; }
}

internal static class Geometry
{
    public static ulong Sum(Head header, ulong at) =>
        at / header.Tracks + at % header.ClusterSize + at / header.SectorSize;
}
