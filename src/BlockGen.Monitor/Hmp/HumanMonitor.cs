namespace BlockGen.Monitor;

/// <summary>
/// Obeys lines that people type, in the words of QEMU's monitor. Called by whoever has the <see cref="Turn"/>.
/// </summary>
internal sealed class HumanMonitor
{
    private const string Information = "info";

    private readonly IReadOnlyList<HumanCommand> _commands;

    public HumanMonitor(StorageDaemon daemon)
    {
        _commands =
        [
            .. new HumanJobCommands(daemon).Commands,
            .. new HumanDiskCommands(daemon).Commands,
            .. new HumanServerCommands(daemon).Commands,
            .. new HumanReports(daemon).Commands,
            new HumanCommand(
                "help", "[cmd]", "show the help", [new HumanParameter("name", HumanWord.Rest)], (words, output, _) =>
                {
                    WriteHelp(words["name"], output);
                    return ValueTask.CompletedTask;
                })
            {
                Alias = "?",
            },
            new HumanCommand(Information, "[subcommand]", "show various information about the system state", [],
                (_, output, _) =>
                {
                    WriteHelp(Information, output);
                    return ValueTask.CompletedTask;
                }),
        ];
    }

    /// <summary>Obeys a line; what is wrong with it is written as well.</summary>
    public async ValueTask ExecuteAsync(string line, TextWriter output, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        if (Find(line) is not (HumanCommand command, string rest))
        {
            output.Write($"unknown command: '{NameIn(line)}'\n");
            return;
        }

        try
        {
            await command.Handler(HumanArguments.Parse(command, rest), output, cancellation).ConfigureAwait(false);
        }
        catch (HumanInputException mistake)
        {
            output.Write($"{mistake.Message}\nTry \"help {command.Name}\" for more information\n");
        }
        catch (QmpException refusal)
        {
            output.Write($"Error: {refusal.Message}\n");
        }
        catch (Exception failure) when (QmpException.IsFailure(failure))
        {
            output.Write($"Error: {failure.Message}\n");
        }
    }

    private void WriteHelp(string name, TextWriter output)
    {
        HumanCommand[] told = name switch
        {
            "" => [.. _commands.Where(command => !command.Name.Contains(' ', StringComparison.Ordinal))],
            Information => [.. _commands.Where(IsInformation)],
            _ => Find(name) is (HumanCommand command, "") ? [command] : [],
        };
        if (told.Length == 0)
        {
            output.Write($"unknown command: '{name}'\n");
        }

        foreach (HumanCommand command in told.OrderBy(known => known.Name, StringComparer.Ordinal))
        {
            output.Write(command.HelpLine);
        }
    }

    /// <summary>The command that a line begins with, and what follows; null when there is none.</summary>
    private (HumanCommand Command, string Words)? Find(string line)
    {
        (string first, string rest) = Split(line);
        if (first == Information && rest.Length > 0)
        {
            (string second, string words) = Split(rest);
            return _commands.FirstOrDefault(command => command.Name == $"{first} {second}") is { } report
                ? (report, words)
                : null;
        }

        return _commands.FirstOrDefault(command => command.Name == first || command.Alias == first) is { } found
            ? (found, rest)
            : null;
    }

    private static string NameIn(string line)
    {
        (string first, string rest) = Split(line);
        return first == Information ? $"{first} {Split(rest).First}" : first;
    }

    private static (string First, string Words) Split(string text)
    {
        string trimmed = text.Trim();
        int end = trimmed.AsSpan().IndexOfAny(' ', '\t');
        return end < 0 ? (trimmed, "") : (trimmed[..end], trimmed[end..].Trim());
    }

    private static bool IsInformation(HumanCommand command) =>
        command.Name.StartsWith($"{Information} ", StringComparison.Ordinal);
}
