// A number that a loop makes larger is not followed round by round: it may be anything.
internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header, int rounds)
    {
        int bytes = header[0];
        for (int round = 0; round < rounds; round++)
        {
            bytes = bytes + 1; // expect: BG5011
        }

        return new byte[bytes]; // expect: BG5001
    }
}
