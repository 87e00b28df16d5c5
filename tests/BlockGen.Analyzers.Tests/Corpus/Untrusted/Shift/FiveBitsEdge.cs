// Five bits cannot shift further than a number is wide.
internal static class Geometry
{
    public static uint Bytes(ReadOnlySpan<byte> header) => 1u << (header[0] & 31);

    public static ulong Wide(ReadOnlySpan<byte> header) => 1UL << (header[0] >> 3);
}
