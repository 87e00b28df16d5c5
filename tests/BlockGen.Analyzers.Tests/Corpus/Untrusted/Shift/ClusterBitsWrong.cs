// QEMU's driver for the first qcow format took any cluster_bits until 2014.
[DiskStruct(ByteOrder.Big)]
public readonly partial record struct Head
{
    public byte ClusterBits { get; init; }
}

internal static class Geometry
{
    public static ulong ClusterBytes(Head header) => 1UL << header.ClusterBits; // expect: BG5008
}
