// CVE-2014-0143, QEMU's qcow2 driver (commit 6a83f8b5be): the size of a snapshot's L1 table was not limited.
internal static class Snapshot
{
    public static uint TableBytes(ReadOnlySpan<byte> entry)
    {
        uint entryCount = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
        return entryCount * sizeof(ulong); // expect: BG5011
    }
}
