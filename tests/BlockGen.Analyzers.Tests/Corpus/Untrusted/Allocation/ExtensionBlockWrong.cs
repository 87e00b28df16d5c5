internal static class Heads
{
    extension(ReadOnlySpan<byte> bytes)
    {
        public uint Count => BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
    }
}

internal static class Loader
{
    public static Dictionary<uint, ulong> Table(ReadOnlySpan<byte> header) =>
        new(checked((int)header.Count)); // expect: BG5001
}
