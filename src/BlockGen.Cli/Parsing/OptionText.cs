using System.Text;

namespace BlockGen.Cli;

/// <summary>The values of <c>-o</c>: <c>name=value,name=value</c>, where <c>,,</c> is a comma in a value.</summary>
internal static class OptionText
{
    /// <summary>Whether the text asks for the list of options.</summary>
    public static bool AsksForHelp(IEnumerable<string> texts) =>
        texts.SelectMany(Split).Any(part => part is "help" or "?");

    /// <summary>
    /// The options in order; a later value replaces an earlier one. A name alone is a switch turned on.
    /// </summary>
    public static Dictionary<string, string> Parse(IReadOnlyList<string> texts)
    {
        if (texts.FirstOrDefault(IsNoList) is { } invalid)
        {
            throw new ToolException($"Invalid option list: {invalid}");
        }

        return ReadParts(texts.SelectMany(Split));
    }

    /// <summary>
    /// The options of a text whose first part may be a value alone: that of <paramref name="firstName"/>.
    /// </summary>
    public static Dictionary<string, string> ParseImplied(string text, string firstName)
    {
        string[] parts = [.. Split(text)];
        if (parts.Length > 0 && !parts[0].Contains('=', StringComparison.Ordinal))
        {
            parts[0] = $"{firstName}={parts[0]}";
        }

        return ReadParts(parts);
    }

    /// <summary>Whether a text cannot be a list of options.</summary>
    public static bool IsNoList(string text) => text is "" or [',', ..];

    /// <summary>What is said of a value that is no size.</summary>
    public static string NotASize(string name) =>
        $"Parameter '{name}' expects a non-negative number below 2^64\n"
        + "Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-\n"
        + "and exabytes, respectively.";

    private static Dictionary<string, string> ReadParts(IEnumerable<string> parts)
    {
        Dictionary<string, string> values = [];
        foreach (string part in parts)
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            (string name, string value) = equals < 0 ? (part, "on") : (part[..equals], part[(equals + 1)..]);
            values[name] = value;
        }

        return values;
    }

    private static IEnumerable<string> Split(string text)
    {
        StringBuilder part = new();
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != ',')
            {
                part.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == ',')
            {
                part.Append(text[at++]);
            }
            else
            {
                yield return part.ToString();
                part.Clear();
            }
        }

        if (part.Length > 0)
        {
            yield return part.ToString();
        }
    }
}
