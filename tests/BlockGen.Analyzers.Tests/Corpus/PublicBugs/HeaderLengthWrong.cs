// CVE-2014-0144, QEMU's qcow2 driver (commit 24342f2cae): header_length sized the copy of unknown header fields.
internal static class Header
{
    public static byte[] Unknown(ReadOnlySpan<byte> cluster)
    {
        uint headerLength = BinaryPrimitives.ReadUInt32BigEndian(cluster[100..]);
        return cluster.Slice(104, (int)(headerLength & int.MaxValue)).ToArray(); // expect: BG5005
    }
}
