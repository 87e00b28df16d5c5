namespace BlockGen.Cli;

/// <summary>The values of <c>--output</c>.</summary>
internal enum OutputForm
{
    Human,
    Json,
}

internal static class OutputForms
{
    public static OutputForm Parse(string? text) => text switch
    {
        null or "human" => OutputForm.Human,
        "json" => OutputForm.Json,
        _ => throw new ToolException("--output must be used with human or json as argument."),
    };
}
