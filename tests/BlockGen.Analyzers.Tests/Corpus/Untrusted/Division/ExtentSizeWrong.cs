// CVE-2014-0142, QEMU's bochs driver (commit 8e53abbc20): an extent size of 0 in the header ended the process.
internal static class Bochs
{
    public static ulong OffsetIn(ReadOnlySpan<byte> header, ulong at)
    {
        uint extentBytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (extentBytes > 8 << 20)
        {
            throw new InvalidDataException();
        }

        return at % extentBytes; // expect: BG5009
    }
}
