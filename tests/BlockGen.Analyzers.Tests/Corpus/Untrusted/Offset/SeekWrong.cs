internal static class Streams
{
    public static void Skip(Stream image)
    {
        byte[] header = new byte[16];
        image.ReadExactly(header);
        long start = BinaryPrimitives.ReadInt64LittleEndian(header);
        image.Position = start; // expect: BG5007
        image.Seek(start, SeekOrigin.Begin); // expect: BG5007
    }
}
