namespace BlockGen.Cli;

/// <summary>The commands of the language of <c>io</c>.</summary>
internal static class IoVerbs
{
    /// <summary>Every command, by name.</summary>
    public static IReadOnlyList<IoVerb> All { get; } =
    [
        .. new[]
        {
            IoReading.Verbs, IoWriting.Verbs, IoInFlight.Verbs, IoMapping.Verbs, IoOpening.Verbs, IoControl.Verbs,
        }.SelectMany(verbs => verbs).OrderBy(verb => verb.Name, StringComparer.Ordinal),
    ];

    /// <summary>The command of that name, or short name; null when there is none.</summary>
    public static IoVerb? Find(string name) =>
        All.FirstOrDefault(verb => verb.Name == name) ?? All.FirstOrDefault(verb => verb.ShortName == name);
}
