// CVE-2014-0148, QEMU's vhdx driver (commit 1d7678dec4): logical_sector_size was calculated with unchecked.
internal static class Vhdx
{
    public static uint SectorsPerBlock(ReadOnlySpan<byte> metadata, uint blockBytes)
    {
        uint logicalSectorSize = BinaryPrimitives.ReadUInt32LittleEndian(metadata);
        return blockBytes / logicalSectorSize; // expect: BG5009
    }
}
