// CVE-2014-0145, QEMU's dmg driver (commit c165f77580): a chunk's sector count was used unchecked.
internal sealed class Chunks
{
    private readonly byte[] _unpacked = new byte[512 * 512];

    public Span<byte> Target(ReadOnlySpan<byte> chunk)
    {
        int sectorCount = BinaryPrimitives.ReadUInt16BigEndian(chunk[8..]);
        return _unpacked.AsSpan(0, 512 * sectorCount); // expect: BG5005
    }
}
