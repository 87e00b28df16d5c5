// CVE-2014-0144, QEMU's cloop driver (commit d65f97a82c): block_size sized a buffer, whatever it was.
internal static class Cloop
{
    public static (byte[] Stored, byte[] Plain) Buffers(BinaryReader header)
    {
        uint blockSize = header.ReadUInt32();
        return (new byte[8192], new byte[blockSize]); // expect: BG5001
    }
}
