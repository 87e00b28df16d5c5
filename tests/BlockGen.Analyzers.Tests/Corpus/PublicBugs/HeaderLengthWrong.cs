// CVE-2014-0144, QEMU's qcow2 driver: header_length was taken for the number of bytes to copy.
internal static class Header
{
    public static byte[] Unknown(ReadOnlySpan<byte> cluster)
    {
        uint headerLength = BinaryPrimitives.ReadUInt32BigEndian(cluster[100..]);
        return cluster.Slice(104, (int)(headerLength & int.MaxValue)).ToArray(); // expect: BG5005
    }
}
