// CVE-2014-0143, QEMU's qcow2 driver: get_refcount indexed the table with a number from an L2 entry.
internal sealed class Refcount(ulong[] table)
{
    public ulong Block(ReadOnlySpan<byte> l2Entry)
    {
        ulong cluster = BinaryPrimitives.ReadUInt64BigEndian(l2Entry) >> 16;
        return table[cluster >> 15]; // expect: BG5006
    }
}
