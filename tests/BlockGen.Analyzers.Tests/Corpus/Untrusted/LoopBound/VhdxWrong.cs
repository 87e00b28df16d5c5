// CVE-2014-0148, QEMU's vhdx driver (commit 1d7678dec4): unchecked sizes from the header made loops endless.
[DiskStruct(ByteOrder.Little)]
public readonly partial record struct VhdxSizes
{
    public uint BlockBytes { get; init; }
}

internal static class Geometry
{
    public static int Rounds(VhdxSizes sizes)
    {
        int rounds = 0;
        ulong value = 1;
        while (value != sizes.BlockBytes) // expect: BG5003
        {
            value <<= 1;
            rounds = rounds == 1000 ? 0 : rounds + 1;
        }

        return rounds;
    }
}
