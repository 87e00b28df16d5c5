// CVE-2014-0145, QEMU's dmg driver (commit f0dce23475): chunk lengths from the image led out of the buffer.
internal static class Chunks
{
    public static void Copy(ReadOnlySpan<byte> entry, byte[] chunk, byte[] sector)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(entry);
        if (length > chunk.Length)
        {
            return;
        }

        chunk.AsSpan(0, length).CopyTo(sector); // expect: BG5005
    }
}
