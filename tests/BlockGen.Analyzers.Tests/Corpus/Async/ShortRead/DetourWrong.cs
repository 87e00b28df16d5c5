internal sealed class Loader(Stream stream)
{
    public async ValueTask<byte[]> HeadAsync(CancellationToken cancellation)
    {
        byte[] head = new byte[512];
        _ = await stream.ReadAsync(head, cancellation); // expect: BG4007
        return head;
    }

    public byte[] Sector(Microsoft.Win32.SafeHandles.SafeFileHandle file, long at)
    {
        byte[] sector = new byte[512];
        RandomAccess.Read(file, sector, at); // expect: BG4007
        return sector;
    }
}
