namespace BlockGen.Cli;

/// <summary>Every command of the tool. A command's syntax is built when it is asked for.</summary>
internal static class CommandList
{
    private static readonly (string Name, string Summary, Func<ToolCommand> Make)[] Commands =
    [
        ("bench", BenchCommand.Summary, () => new BenchCommand()),
        ("check", CheckCommand.Summary, () => new CheckCommand()),
        ("commit", CommitCommand.Summary, () => new CommitCommand()),
        ("compare", CompareCommand.Summary, () => new CompareCommand()),
        ("convert", ConvertCommand.Summary, () => new ConvertCommand()),
        ("create", CreateCommand.Summary, () => new CreateCommand()),
        ("dd", DdCommand.Summary, () => new DdCommand()),
        ("explain", ExplainCommand.Summary, () => new ExplainCommand()),
        ("formats", FormatsCommand.Summary, () => new FormatsCommand()),
        ("info", InfoCommand.Summary, () => new InfoCommand()),
        ("io", IoCommand.Summary, () => new IoCommand()),
        ("map", MapCommand.Summary, () => new MapCommand()),
        ("measure", MeasureCommand.Summary, () => new MeasureCommand()),
        ("rebase", RebaseCommand.Summary, () => new RebaseCommand()),
        ("resize", ResizeCommand.Summary, () => new ResizeCommand()),
        ("stream", StreamCommand.Summary, () => new StreamCommand()),
        ("tour", TourCommand.Summary, () => new TourCommand()),
    ];

    public static ToolCommand? Find(string name) =>
        Array.Find(Commands, command => command.Name == name).Make?.Invoke();

    public static void WriteHelp(TextWriter output)
    {
        output.WriteLine($"{Tool.Name} version {ToolVersion.Text}");
        output.WriteLine($"usage: {Tool.Name} [-h | -V] command [command options]");
        output.WriteLine();
        output.WriteLine("Creates, inspects, copies and streams disk images.");
        output.WriteLine();
        foreach ((string name, string summary, _) in Commands)
        {
            output.WriteLine($"  {name,-9} {summary}");
        }

        output.WriteLine();
        output.WriteLine($"'{Tool.Name} COMMAND --help' lists a command's options.");
        output.WriteLine("Sizes are bytes, or carry a suffix: k, M, G, T, P, E for powers of 1024.");
        output.WriteLine($"Formats: {string.Join(' ', ImageFiles.Formats.Formats.Select(format => format.Name))}");
    }
}
