// CVE-2014-0143, QEMU's qcow2 driver: the index into the refcount table was cut to 32 bits and did not stay inside.
internal static class Refcounts
{
    public static ulong Of(ReadOnlySpan<byte> entry, ulong[] refcountTable)
    {
        ulong cluster = BinaryPrimitives.ReadUInt64BigEndian(entry) >> 16;
        return refcountTable[cluster >> 15]; // expect: BG5006
    }
}
