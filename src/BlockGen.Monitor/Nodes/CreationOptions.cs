namespace BlockGen.Monitor;

/// <summary>Options of new images as the protocol writes them, and as formats declare them.</summary>
internal static class CreationOptions
{
    private const string Compatibility = "compat";
    private const string Version = "version";

    /// <summary>The protocol joins words by <c>-</c>, and says <c>version</c> where a format says <c>compat</c>.</summary>
    public static string ToMemberName(string optionName) =>
        optionName == Compatibility ? Version : optionName.Replace('_', '-');

    public static QmpType TypeOf(OptionInfo option) => option.TypeName switch
    {
        _ when option.Name == Compatibility => new QmpEnum("BlockdevQcow2Version", "v2", "v3"),
        "<size>" => Qmp.Integer,
        _ when option.TypeName.StartsWith("<bool", StringComparison.Ordinal) => Qmp.Flag,
        _ => option.Initial is { } initial && ulong.TryParse(initial, out _) ? Qmp.Integer : Qmp.Text,
    };

    /// <summary>The values that the format gets.</summary>
    public static Dictionary<string, string> Of(ImageFormat format, IReadOnlyDictionary<string, string> members)
    {
        Dictionary<string, string> values = [];
        foreach (OptionInfo option in format.CreateOptions)
        {
            if (members.TryGetValue(ToMemberName(option.Name), out string? value))
            {
                values[option.Name] = option.Name != Compatibility ? value : value == "v2" ? "0.10" : "1.1";
            }
        }

        values["size"] = members["size"];
        return values;
    }
}
