internal sealed class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header, bool isOld)
    {
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (isOld && count > 4096)
        {
            throw new InvalidDataException();
        }

        return new byte[count]; // expect: BG5001
    }
}
