// CVE-2014-0143, QEMU's qcow2 driver: a snapshot's L1 size was multiplied by the size of an entry in 32 bits.
internal static class Snapshot
{
    public static uint TableBytes(ReadOnlySpan<byte> entry)
    {
        uint entryCount = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
        return entryCount * sizeof(ulong); // expect: BG5011
    }
}
