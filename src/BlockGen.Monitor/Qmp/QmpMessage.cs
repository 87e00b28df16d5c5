using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>A command as a client sent it.</summary>
/// <param name="Name">What to do.</param>
/// <param name="Arguments">With what; an empty object when there are none.</param>
internal readonly record struct QmpMessage(string Name, JsonElement Arguments)
{
    private const int DeepestNesting = 128;

    private static readonly JsonDocumentOptions Strictness = new() { MaxDepth = DeepestNesting };

    /// <summary>Reads a command.</summary>
    /// <param name="text">A JSON value.</param>
    /// <param name="id">What the answer is to be marked with, as far as the text could be read; null for nothing.</param>
    /// <exception cref="QmpException">It is no command.</exception>
    public static QmpMessage Parse(string text, out JsonNode? id)
    {
        id = null;
        JsonElement root = ParseJson(text);
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new QmpException("QMP input must be a JSON object");
        }

        if (root.TryGetProperty("id", out JsonElement given))
        {
            id = given.ValueKind is JsonValueKind.Null ? null : JsonNode.Parse(given.GetRawText());
        }

        string? name = null;
        JsonElement arguments = default;
        foreach (JsonProperty member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "execute" when member.Value.ValueKind is JsonValueKind.String:
                    name = member.Value.GetString();
                    break;
                case "execute":
                    throw new QmpException("QMP input member 'execute' must be a string");
                case "arguments" when member.Value.ValueKind is JsonValueKind.Object:
                    arguments = member.Value;
                    break;
                case "arguments":
                    throw new QmpException("QMP input member 'arguments' must be an object");
                case "id":
                    break;
                default:
                    throw new QmpException($"QMP input member '{member.Name}' is unexpected");
            }
        }

        return name is null
            ? throw new QmpException("QMP input lacks member 'execute'")
            : new QmpMessage(name, arguments.ValueKind is JsonValueKind.Undefined ? ParseJson("{}") : arguments);
    }

    private static JsonElement ParseJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strictness);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new QmpException(text is [>= 'a' and <= 'z', ..]
                ? $"JSON parse error, invalid keyword '{text}'"
                : "JSON parse error, expecting value");
        }
    }
}
