// CVE-2014-0144, QEMU's curl driver (commit 6d4b9e55fc): a reply was copied as long as it was, not as the buffer was.
internal sealed class Reply(byte[] target)
{
    public void Take(BinaryReader server)
    {
        ushort length = server.ReadUInt16();
        byte[] data = new byte[ushort.MaxValue];
        Buffer.BlockCopy(data, 0, target, 0, length); // expect: BG5005
    }
}
