// CVE-2014-0143, QEMU's qcow2 driver (commit db8a31d11d): get_refcount was given any cluster index.
internal sealed class Refcount(ulong[] table)
{
    public ulong Block(ReadOnlySpan<byte> l2Entry)
    {
        ulong cluster = BinaryPrimitives.ReadUInt64BigEndian(l2Entry) >> 16;
        return table[cluster >> 15]; // expect: BG5006
    }
}
