namespace BlockGen.Cli;

/// <summary>Sizes on the command line.</summary>
internal static class Sizes
{
    /// <summary>Reads a size below 2^63; <paramref name="what"/> names it in the message: "image size".</summary>
    public static ulong Parse(string what, string text) => Parse(what, text, 0, long.MaxValue);

    /// <summary>Reads a size within bounds.</summary>
    public static ulong Parse(string what, string text, ulong least, ulong most)
    {
        if (!SizeText.TryParse(text, out ulong bytes))
        {
            // Bytes past 64 bits are a size all the same: the range is what is wrong with them.
            throw IsSize(text) ? OutOfRange(what, least, most) : NotASize(what);
        }

        return bytes >= least && bytes <= most ? bytes : throw OutOfRange(what, least, most);
    }

    private static bool IsSize(string text) =>
        text is [.., char suffix] && (char.IsAsciiDigit(suffix) || "bkKMGTPE".Contains(suffix))
        && text[..^1].All(char.IsAsciiDigit) && char.IsAsciiDigit(text[0]);

    private static ToolException OutOfRange(string what, ulong least, ulong most) =>
        new($"Invalid {what} specified. Must be between {least} and {most}.");

    private static ToolException NotASize(string what) => new(
        $"Invalid {what} specified. You may use k, M, G, T, P or E suffixes for{ToolException.Another}"
        + "kilobytes, megabytes, gigabytes, terabytes, petabytes and exabytes.");
}
