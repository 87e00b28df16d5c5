// CVE-2014-0143, QEMU's qcow2 driver (commit db8a31d11d): not every wrong cluster index was caught.
internal static class Refcounts
{
    public static ulong Of(ReadOnlySpan<byte> entry, ulong[] refcountTable)
    {
        ulong cluster = BinaryPrimitives.ReadUInt64BigEndian(entry) >> 16;
        return refcountTable[cluster >> 15]; // expect: BG5006
    }
}
