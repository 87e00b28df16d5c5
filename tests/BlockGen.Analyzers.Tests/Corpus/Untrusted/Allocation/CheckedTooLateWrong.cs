internal sealed class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header)
    {
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        byte[] table = new byte[count]; // expect: BG5001
        if (count > 4096)
        {
            throw new InvalidDataException();
        }

        return table;
    }
}
