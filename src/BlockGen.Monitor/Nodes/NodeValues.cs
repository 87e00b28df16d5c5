using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Options of nodes in their two forms: nested objects, and names with dots.</summary>
public static class NodeValues
{
    internal static JsonElement None { get; } = Freeze([]);

    /// <summary>
    /// Values by the path to them: <c>{"file": {"filename": "a"}}</c> becomes <c>file.filename</c>. Switches become
    /// <c>on</c> and <c>off</c>.
    /// </summary>
    public static Dictionary<string, string> Flatten(JsonElement options, params IReadOnlyList<string> without)
    {
        ArgumentNullException.ThrowIfNull(without);
        Dictionary<string, string> values = [];
        foreach (JsonProperty member in options.EnumerateObject())
        {
            if (!without.Contains(member.Name))
            {
                Add(member.Value, member.Name, values);
            }
        }

        return values;
    }

    /// <summary>The opposite: names with dots become nested objects.</summary>
    public static JsonObject Nest(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        JsonObject root = [];
        foreach ((string path, string value) in values)
        {
            JsonObject parent = root;
            string[] names = path.Split('.');
            foreach (string name in names[..^1])
            {
                if (parent[name] is not JsonObject child)
                {
                    parent[name] = child = [];
                }

                parent = child;
            }

            parent[names[^1]] = value;
        }

        return root;
    }

    /// <summary>An object that does not change any more.</summary>
    public static JsonElement Freeze(JsonObject options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using JsonDocument document = JsonDocument.Parse(options.ToJsonString());
        return document.RootElement.Clone();
    }

    internal static JsonElement OfFile(string path) =>
        Freeze(new JsonObject { ["driver"] = "file", ["filename"] = path });

    private static void Add(JsonElement value, string path, Dictionary<string, string> values)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Add(member.Value, $"{path}.{member.Name}", values);
                }

                break;
            case JsonValueKind.Array:
                int at = 0;
                foreach (JsonElement element in value.EnumerateArray())
                {
                    Add(element, $"{path}.{at++}", values);
                }

                break;
            case JsonValueKind.Null:
                break;
            default:
                values[path] = value.ValueKind switch
                {
                    JsonValueKind.True => "on",
                    JsonValueKind.False => "off",
                    JsonValueKind.String => value.GetString()!,
                    _ => value.GetRawText(),
                };
                break;
        }
    }
}
