internal sealed class Loader
{
    public const uint MaxCount = 1 << 16;

    public static ulong[] Table(ReadOnlySpan<byte> header)
    {
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (count > MaxCount)
        {
            throw new InvalidDataException($"{count} entries are too many");
        }

        return new ulong[count];
    }
}
