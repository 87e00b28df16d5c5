internal static class Use
{
    public static async Task<byte[]> HeaderAsync(Stream input, CancellationToken cancellation)
    {
        byte[] header = new byte[512];
        await input.ReadAsync(header, cancellation); // expect: BG4007
        return header;
    }

    public static void Sector(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> target, long at)
    {
        _ = RandomAccess.Read(file, target, at); // expect: BG4007
    }

    public static void Local(FileStream file, byte[] target)
    {
        int count = file.Read(target, 0, target.Length); // expect: BG4007
    }
}
