namespace BlockGen.Monitor;

/// <summary>Names that clients give to nodes, jobs and exports.</summary>
internal static class Identifier
{
    private const string Punctuation = "-._";

    /// <summary>Whether it is letters, digits and a few others, beginning with a letter.</summary>
    public static bool IsSound(string name) => name is [var first, ..] && char.IsAsciiLetter(first)
        && name.All(letter => char.IsAsciiLetterOrDigit(letter)
            || Punctuation.Contains(letter, StringComparison.Ordinal));
}
