internal static class Loader
{
    public static ulong Entry(ulong[] table, ReadOnlySpan<byte> header)
    {
        byte back = header[3];
        return table[^back]; // expect: BG5006
    }
}
