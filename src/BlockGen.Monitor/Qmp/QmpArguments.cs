using System.Globalization;
using System.Text.Json;

namespace BlockGen.Monitor;

/// <summary>The arguments of a command, or an object among them; checked against their type before.</summary>
internal readonly struct QmpArguments(JsonElement values)
{
    /// <summary>The object itself.</summary>
    public JsonElement Values { get; } = values;

    /// <summary>A text that must be there.</summary>
    public string Text(string name) => Values.GetProperty(name).GetString()!;

    /// <summary>A text; null when it was not given.</summary>
    public string? TextOrNull(string name) =>
        Values.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A switch.</summary>
    public bool Flag(string name, bool initial) =>
        !Values.TryGetProperty(name, out JsonElement value) ? initial : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => value.GetString() == "on",
        };

    /// <summary>Whether it was given.</summary>
    public bool Has(string name) => Values.TryGetProperty(name, out _);

    /// <summary>A number; <paramref name="initial"/> when it was not given.</summary>
    public long Integer(string name, long initial = 0)
    {
        if (!Values.TryGetProperty(name, out JsonElement value))
        {
            return initial;
        }

        if (value.ValueKind is JsonValueKind.Number)
        {
            return value.TryGetInt64(out long number) ? number : long.MaxValue;
        }

        string text = value.GetString()!;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long plain))
        {
            return plain;
        }

        return SizeText.TryParse(text, out ulong size) && size <= long.MaxValue ? (long)size : long.MaxValue;
    }

    /// <summary>A number that cannot be negative.</summary>
    public ulong Size(string name)
    {
        long value = Integer(name);
        return value >= 0 ? (ulong)value : throw new QmpException($"Parameter '{name}' expects a non-negative value");
    }

    /// <summary>An object that must be there.</summary>
    public QmpArguments Object(string name) => new(Values.GetProperty(name));

    /// <summary>The objects of a list that must be there.</summary>
    public IEnumerable<QmpArguments> Objects(string name)
    {
        foreach (JsonElement element in Values.GetProperty(name).EnumerateArray())
        {
            yield return new QmpArguments(element);
        }
    }
}
