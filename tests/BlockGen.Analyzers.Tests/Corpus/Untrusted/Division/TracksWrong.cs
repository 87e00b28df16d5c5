// CVE-2014-0142, QEMU's parallels driver (commit 9302e863aa): a header with tracks = 0 ended the process.
[DiskStruct(ByteOrder.Little)]
public readonly partial record struct ParallelsHead
{
    [InRange(Max = 1 << 21)] public uint Tracks { get; init; }
}

internal static class Geometry
{
    public static ulong IndexOf(ParallelsHead header, ulong sector) => sector / header.Tracks; // expect: BG5009
}
