internal static class Loader
{
    public static byte[] Table(BinaryReader reader, bool isStrict)
    {
        int bytes = reader.ReadInt32();
        if (isStrict && bytes > 65536)
        {
            throw new InvalidDataException();
        }

        return bytes < 0 ? [] : new byte[bytes]; // expect: BG5001
    }

    public static byte[] Other(BinaryReader reader)
    {
        uint first = reader.ReadUInt32();
        uint second = reader.ReadUInt32();
        return first <= 4096 ? new byte[second] : []; // expect: BG5001
    }

    public static byte[] Logged(BinaryReader reader)
    {
        uint bytes = reader.ReadUInt32();
        if (bytes > 4096)
        {
            Console.Error.WriteLine("that is a lot");
        }

        return new byte[bytes]; // expect: BG5001
    }
}
