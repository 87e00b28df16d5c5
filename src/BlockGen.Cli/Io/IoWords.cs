namespace BlockGen.Cli;

/// <summary>The words of one line of the language of <c>io</c>: options anywhere, operands in order.</summary>
/// <remarks>Words are split at white space; there are no quotes.</remarks>
internal sealed class IoWords
{
    private readonly Dictionary<char, string> _options = [];

    private IoWords(string problem) => Problem = problem;

    private IoWords(Dictionary<char, string> options, List<string> operands)
    {
        _options = options;
        Operands = operands;
    }

    /// <summary>What is wrong with the options; null when nothing is.</summary>
    public string? Problem { get; }

    public IReadOnlyList<string> Operands { get; } = [];

    /// <summary>Reads a line's words after the first.</summary>
    /// <param name="words">The words; the first is the command's name.</param>
    /// <param name="known">
    /// The options as getopt takes them: <c>qvP:</c>, where <c>:</c> follows those with a value. Without any, every
    /// word is an operand.
    /// </param>
    public static IoWords Parse(string[] words, string known)
    {
        Dictionary<char, string> options = [];
        List<string> operands = [];
        for (int at = 1; at < words.Length; at++)
        {
            if (known.Length == 0 || words[at] is not ['-', _, ..] word)
            {
                operands.Add(words[at]);
                continue;
            }

            for (int letter = 1; letter < word.Length; letter++)
            {
                char option = word[letter];
                int place = option == ':' ? -1 : known.IndexOf(option, StringComparison.Ordinal);
                if (place < 0)
                {
                    return new IoWords($"invalid option -- '{option}'");
                }

                if (place + 1 == known.Length || known[place + 1] != ':')
                {
                    options[option] = "";
                    continue;
                }

                bool isAttached = letter + 1 < word.Length;
                if (!isAttached && at + 1 == words.Length)
                {
                    return new IoWords($"option requires an argument -- '{option}'");
                }

                options[option] = isAttached ? word[(letter + 1)..] : words[++at];
                break;
            }
        }

        return new IoWords(options, operands);
    }

    public bool Has(char option) => _options.ContainsKey(option);

    public string? Value(char option) => _options.GetValueOrDefault(option);
}
