namespace BlockGen.Cli;

/// <summary><c>-T</c>, <c>--trace</c>: there are no trace events, and naming one is warned of.</summary>
internal static class TraceOption
{
    private const string EnablePrefix = "enable=";

    public static void Warn(ToolConsole console, string pattern)
    {
        string name = pattern.Split(',')[0];
        name = name.StartsWith(EnablePrefix, StringComparison.Ordinal) ? name[EnablePrefix.Length..] : name;
        if (!name.Contains('=', StringComparison.Ordinal) && !name.Contains('*', StringComparison.Ordinal))
        {
            console.Complain($"warning: trace event '{name}' does not exist");
        }
    }
}
