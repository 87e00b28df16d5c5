internal static class Names
{
    public static int Sum(ReadOnlySpan<byte> header)
    {
        Span<byte> name = stackalloc byte[64];
        header[..64].CopyTo(name);
        return name[0];
    }
}
