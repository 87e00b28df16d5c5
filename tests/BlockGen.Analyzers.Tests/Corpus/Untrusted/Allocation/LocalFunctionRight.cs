internal static class Loader
{
    public static ulong[] Table(ReadOnlySpan<byte> header)
    {
        return new ulong[Bounded(BinaryPrimitives.ReadUInt32LittleEndian(header))];

        static uint Bounded(uint count) =>
            count <= 1 << 16 ? count : throw new InvalidDataException($"{count} entries are too many");
    }
}
