namespace BlockGen.Cli;

/// <summary>Which snapshot an option means: by keys, or in one word.</summary>
internal static class SnapshotText
{
    private const string Prefix = "snapshot.";

    public static SnapshotName Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return SnapshotName.IdOrName(text);
        }

        Dictionary<string, string> values = OptionText.Parse([text]);
        if (values.Keys.FirstOrDefault(static key => key is not ("snapshot.id" or "snapshot.name")) is { } unknown)
        {
            throw new ToolException($"Invalid parameter '{unknown}'{ToolException.Another}Failed in parsing snapshot param '{text}'");
        }

        return new SnapshotName(values.GetValueOrDefault("snapshot.id"), values.GetValueOrDefault("snapshot.name"));
    }
}
