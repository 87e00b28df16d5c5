using Microsoft.Win32.SafeHandles;

internal static class Use
{
    public static int Read(SafeFileHandle file, GuestOffset offset, Span<byte> target)
    {
        long position = (long)offset.Value;
        return RandomAccess.Read(file, target, position); // expect: BG2050
    }

    public static void Seek(Stream file, GuestRange range) =>
        file.Seek((long)range.Start.Value, SeekOrigin.Begin); // expect: BG2050
}
