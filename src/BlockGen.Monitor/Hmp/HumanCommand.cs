namespace BlockGen.Monitor;

/// <summary>What a word of a line stands for.</summary>
internal enum HumanWord
{
    /// <summary>A letter after a dash, given or not.</summary>
    Switch,

    /// <summary>A node.</summary>
    Device,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A size, in MiB when it has no suffix.</summary>
    Size,

    /// <summary>What is left of the line.</summary>
    Rest,
}

/// <summary>A word that a command takes.</summary>
/// <param name="Name">What it is called; of a switch, its letter.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal sealed record HumanParameter(string Name, HumanWord Kind, bool IsOptional = false)
{
    public static HumanParameter Switch(string letter) => new(letter, HumanWord.Switch, IsOptional: true);
}

/// <summary>A command as people type it.</summary>
/// <param name="Name">Its first word, or its first two.</param>
/// <param name="Usage">Its words, for the help.</param>
/// <param name="Help">What it does.</param>
/// <param name="Parameters">What it takes, switches first.</param>
/// <param name="Handler">What it does; what it writes is the answer.</param>
internal sealed record HumanCommand(
    string Name,
    string Usage,
    string Help,
    IReadOnlyList<HumanParameter> Parameters,
    Func<HumanArguments, TextWriter, CancellationToken, ValueTask> Handler)
{
    /// <summary>Another name of it; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>Its line in the help.</summary>
    public string HelpLine => $"{Name}{(Alias is null ? "" : $"|{Alias}")} {Usage} -- {Help}\n";
}
