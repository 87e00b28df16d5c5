using System.Globalization;
using System.Text;

namespace BlockGen.Monitor;

/// <summary>The words after a command, by its parameters.</summary>
internal sealed class HumanArguments
{
    private readonly Dictionary<string, string> _values = [];

    private HumanArguments()
    {
    }

    public string this[string name] => _values[name];

    public bool Has(string name) => _values.ContainsKey(name);

    public string? TextOrNull(string name) => _values.GetValueOrDefault(name);

    /// <summary>A size in bytes; 0 when it was not given.</summary>
    public ulong Bytes(string name) =>
        _values.TryGetValue(name, out string? text) ? ulong.Parse(text, CultureInfo.InvariantCulture) : 0;

    /// <summary>Reads the words of a line after its command.</summary>
    /// <exception cref="HumanInputException">They are not what the command takes.</exception>
    public static HumanArguments Parse(HumanCommand command, string text)
    {
        HumanArguments arguments = new();
        int at = 0;
        arguments.TakeSwitches(command, text, ref at);
        foreach (HumanParameter parameter in command.Parameters.Where(known => known.Kind is not HumanWord.Switch))
        {
            if (parameter.Kind is HumanWord.Rest)
            {
                arguments._values[parameter.Name] = text[at..].Trim();
                return arguments;
            }

            if (TakeWord(text, ref at) is { } word)
            {
                arguments._values[parameter.Name] = parameter.Kind is HumanWord.Size ? ReadSize(word) : word;
            }
            else if (!parameter.IsOptional)
            {
                throw Missing(command, parameter);
            }
        }

        return TakeWord(text, ref at) is null
            ? arguments
            : throw new HumanInputException($"{command.Name}: extraneous characters at the end of line");
    }

    private void TakeSwitches(HumanCommand command, string text, ref int at)
    {
        string[] letters =
            [.. command.Parameters.Where(known => known.Kind is HumanWord.Switch).Select(known => known.Name)];
        while (letters.Length > 0)
        {
            int start = at;
            string? word = TakeWord(text, ref at);
            if (word is not ['-', _, ..])
            {
                at = start;
                return;
            }

            foreach (string letter in word.Skip(1).Select(character => character.ToString()))
            {
                _values[letter] = letters.Contains(letter)
                    ? ""
                    : throw new HumanInputException($"{command.Name}: unsupported option -{letter}");
            }
        }
    }

    private static HumanInputException Missing(HumanCommand command, HumanParameter parameter) =>
        new(parameter.Kind switch
        {
            HumanWord.Size => "invalid size",
            HumanWord.Device => $"{command.Name}: block device name expected",
            _ => $"{command.Name}: string expected",
        });

    private static string ReadSize(string word)
    {
        ulong bytes = 0;
        bool isSize = char.IsAsciiDigit(word[^1])
            ? SizeText.TryParse($"{word}M", out bytes)
            : SizeText.TryParse(word, out bytes);
        return isSize
            ? bytes.ToString(CultureInfo.InvariantCulture)
            : throw new HumanInputException("invalid size");
    }

    /// <summary>The next word, or what stands between quotes; null at the end of the line.</summary>
    private static string? TakeWord(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return null;
        }

        if (text[at] == '"')
        {
            return TakeQuoted(text, ref at);
        }

        int start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private static string TakeQuoted(string text, ref int at)
    {
        StringBuilder word = new();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] != '\\')
            {
                word.Append(text[at]);
                continue;
            }

            at++;
            word.Append(at == text.Length ? throw Unterminated() : text[at] switch
            {
                'n' => '\n',
                'r' => '\r',
                '\\' or '\'' or '"' => text[at],
                char other => throw new HumanInputException($"unsupported escape code: '\\{other}'"),
            });
        }

        if (at == text.Length)
        {
            throw Unterminated();
        }

        at++;
        return word.ToString();
    }

    private static HumanInputException Unterminated() => new("unterminated string literal");
}

/// <summary>A line that is no command: what the person is told.</summary>
internal sealed class HumanInputException(string message) : Exception(message);
