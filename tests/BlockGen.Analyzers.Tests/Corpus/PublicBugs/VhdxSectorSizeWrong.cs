// CVE-2014-0148, QEMU's vhdx driver: the logical sector size from the metadata region divided the block size.
internal static class Vhdx
{
    public static uint SectorsPerBlock(ReadOnlySpan<byte> metadata, uint blockBytes)
    {
        uint logicalSectorSize = BinaryPrimitives.ReadUInt32LittleEndian(metadata);
        return blockBytes / logicalSectorSize; // expect: BG5009
    }
}
