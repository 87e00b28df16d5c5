using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BlockGen.Monitor.Tests;

/// <summary>Answers and events without what must differ between two daemons, as text.</summary>
internal static partial class Normal
{
    // What a file occupies depends on how its writer grows it; progress, on the moment one looks.
    private static readonly string[] Differing = ["actual-size", "busy", "package", "qemu"];

    public static string Of(JsonNode? node) => ImplicitName().Replace(Sort(node)?.ToJsonString() ?? "null", "#block");

    /// <summary>Events of jobs in order; a job that is only held up for a moment has not changed its state.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<JsonObject> events)
    {
        List<string> texts = [];
        foreach (JsonObject happening in events)
        {
            string text = Of(happening);
            string rest = text.Replace("running", "paused", StringComparison.Ordinal);
            if (text.Contains("\"running\"", StringComparison.Ordinal) && texts.Count > 0 && texts[^1] == rest)
            {
                texts.RemoveAt(texts.Count - 1);
                continue;
            }

            texts.Add(text);
        }

        return texts;
    }

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => !Differing.Contains(member.Key))
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray list => new JsonArray([.. list
            .Select(Sort)
            .OrderBy(element => ImplicitName().Replace(element?.ToJsonString() ?? "", "#block"), StringComparer.Ordinal)]),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("#block[0-9]+")]
    private static partial Regex ImplicitName();
}
