// The limits are spelled as patterns and as a minimum.
internal sealed class Loader
{
    public static (byte[], byte[], byte[]) Tables(ReadOnlySpan<byte> header)
    {
        int first = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (first is < 0 or > 65536)
        {
            throw new InvalidDataException();
        }

        uint second = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        uint third = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header[8..]), 512u);
        byte[] bytes = second switch
        {
            <= 4096 => new byte[second],
            _ => throw new InvalidDataException(),
        };
        return (new byte[first], bytes, new byte[third]);
    }
}
