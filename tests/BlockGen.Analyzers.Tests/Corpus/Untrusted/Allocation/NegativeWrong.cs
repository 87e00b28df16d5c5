// CVE-2014-0147, QEMU's bochs driver (commit 246f65838d): signed sizes became negative and passed the checks.
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
