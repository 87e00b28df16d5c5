// CVE-2014-0143, QEMU's qcow2 driver (commit cab60de930): what was checked was not what was put into an int.
internal static class Clusters
{
    public static int Count(ReadOnlySpan<byte> header)
    {
        int count = (int)BinaryPrimitives.ReadUInt64BigEndian(header); // expect: BG5010
        return count is >= 0 and < 1000 ? count : throw new InvalidDataException();
    }
}
