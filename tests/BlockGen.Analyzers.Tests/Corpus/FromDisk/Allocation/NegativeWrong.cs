// CVE-2014-0144 in QEMU: sizes from the header were compared as signed numbers, so that negative ones passed.
internal sealed class Loader
{
    public static ulong[] Table(ReadOnlySpan<byte> header)
    {
        int count = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (count > 65536)
        {
            throw new InvalidDataException($"{count} entries are too many");
        }

        return new ulong[count]; // expect: BG5001
    }
}
