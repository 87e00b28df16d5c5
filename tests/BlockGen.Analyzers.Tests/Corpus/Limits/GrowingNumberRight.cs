// The loop is over a table, and what it counts does not come from a disk.
internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header)
    {
        int count = 0;
        foreach (byte kind in header)
        {
            if (kind == 7)
            {
                count = count + 1;
            }
        }

        return new byte[count];
    }
}
