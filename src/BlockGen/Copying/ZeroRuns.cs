namespace BlockGen;

/// <summary>Finds zeroes in memory.</summary>
internal static class ZeroRuns
{
    public static bool IsZero(ReadOnlySpan<byte> data) => !data.ContainsAnyExcept((byte)0);

    /// <summary>
    /// How many bytes at the beginning are, unit by unit, all zero or all with data; the last unit may be short.
    /// </summary>
    public static int FirstRun(ReadOnlySpan<byte> data, int unit, out bool isZero)
    {
        int length = Math.Min(unit, data.Length);
        isZero = IsZero(data[..length]);
        while (length < data.Length)
        {
            int next = Math.Min(unit, data.Length - length);
            if (IsZero(data.Slice(length, next)) != isZero)
            {
                break;
            }

            length += next;
        }

        return length;
    }
}
