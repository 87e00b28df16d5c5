namespace BlockGen.Cli;

/// <summary>Sizes on the command line.</summary>
internal static class Sizes
{
    /// <summary>Reads a size below 2^63; <paramref name="what"/> names it in the message: "image size".</summary>
    public static ulong Parse(string what, string text)
    {
        if (!SizeText.TryParse(text, out ulong bytes))
        {
            // Bytes past 64 bits are a size all the same: the range is what is wrong with them.
            throw IsSize(text) ? OutOfRange(what) : NotASize(what);
        }

        return bytes <= long.MaxValue ? bytes : throw OutOfRange(what);
    }

    private static bool IsSize(string text) =>
        text is [.., char suffix] && (char.IsAsciiDigit(suffix) || "bkKMGTPE".Contains(suffix))
        && text[..^1].All(char.IsAsciiDigit) && char.IsAsciiDigit(text[0]);

    private static ToolException OutOfRange(string what) =>
        new($"Invalid {what} specified. Must be between 0 and {long.MaxValue}.");

    private static ToolException NotASize(string what) => new(
        $"Invalid {what} specified. You may use k, M, G, T, P or E suffixes for\n"
        + $"{Tool.Name}: kilobytes, megabytes, gigabytes, terabytes, petabytes and exabytes.");
}
