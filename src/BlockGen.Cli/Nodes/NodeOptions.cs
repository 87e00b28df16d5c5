namespace BlockGen.Cli;

/// <summary>
/// Options of a node and, under <c>file.</c> and the like, of those below it. Taken options are gone: what is left in
/// the end is what nobody knows.
/// </summary>
internal sealed class NodeOptions(Dictionary<string, string> values)
{
    public bool IsEmpty => values.Count == 0;

    /// <summary>The options that nobody has taken.</summary>
    public IReadOnlyDictionary<string, string> Rest => values;

    /// <summary>The option's value; null when it was not given.</summary>
    public string? Take(string name) => values.Remove(name, out string? value) ? value : null;

    /// <summary>A switch.</summary>
    public bool TakeSwitch(string name, bool initial) => Take(name) switch
    {
        null => initial,
        "on" or "true" or "yes" or "y" => true,
        "off" or "false" or "no" or "n" => false,
        _ => throw new ImageException($"Parameter '{name}' expects 'on' or 'off'"),
    };

    /// <summary>A size; null when it was not given.</summary>
    public ulong? TakeSize(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        return SizeText.TryParse(text, out ulong bytes) ? bytes : throw new ImageException(OptionText.NotASize(name));
    }

    /// <summary>One of several words; null when it was not given.</summary>
    public string? TakeWord(string name, params string[] words)
    {
        string? word = Take(name);
        return word is null || words.Contains(word)
            ? word
            : throw new ImageException($"invalid parameter value: {word}");
    }

    /// <summary>The options under <paramref name="name"/>, without it in front.</summary>
    public NodeOptions TakeChild(string name)
    {
        string prefix = $"{name}.";
        Dictionary<string, string> child = [];
        foreach (string key in values.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
        {
            values.Remove(key, out string? value);
            child.Add(key[prefix.Length..], value!);
        }

        return new NodeOptions(child);
    }

    /// <summary>The children <c>name.0</c>, <c>name.1</c> and so on.</summary>
    public IEnumerable<NodeOptions> TakeList(string name)
    {
        for (int at = 0; ; at++)
        {
            NodeOptions item = TakeChild($"{name}.{at}");
            if (item.IsEmpty)
            {
                yield break;
            }

            yield return item;
        }
    }
}
