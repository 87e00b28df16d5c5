[DiskStruct(ByteOrder.Big)]
public readonly partial record struct Head
{
    [InRange(Min = 9, Max = 21)] public uint ClusterBits { get; init; }
}

internal static class Geometry
{
    public static ulong ClusterBytes(Head header) => 1UL << (int)header.ClusterBits;
}
