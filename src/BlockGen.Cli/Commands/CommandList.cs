namespace BlockGen.Cli;

/// <summary>Every command of the tool. A command's syntax is built when it is asked for.</summary>
internal static class CommandList
{
    private static readonly (string Name, string Summary, Func<ToolCommand> Make)[] Commands =
    [
        ("amend", AmendCommand.Summary, () => new AmendCommand()),
        ("bench", BenchCommand.Summary, () => new BenchCommand()),
        ("bitmap", BitmapCommand.Summary, () => new BitmapCommand()),
        ("check", CheckCommand.Summary, () => new CheckCommand()),
        ("commit", CommitCommand.Summary, () => new CommitCommand()),
        ("compare", CompareCommand.Summary, () => new CompareCommand()),
        ("convert", ConvertCommand.Summary, () => new ConvertCommand()),
        ("create", CreateCommand.Summary, () => new CreateCommand()),
        ("daemon", DaemonCommand.Summary, () => new DaemonCommand()),
        ("dd", DdCommand.Summary, () => new DdCommand()),
        ("explain", ExplainCommand.Summary, () => new ExplainCommand()),
        ("formats", FormatsCommand.Summary, () => new FormatsCommand()),
        ("info", InfoCommand.Summary, () => new InfoCommand()),
        ("io", IoCommand.Summary, () => new IoCommand()),
        ("map", MapCommand.Summary, () => new MapCommand()),
        ("measure", MeasureCommand.Summary, () => new MeasureCommand()),
        ("monitor", MonitorCommand.Summary, () => new MonitorCommand()),
        ("nbd", NbdCommand.Summary, () => new NbdCommand()),
        ("rebase", RebaseCommand.Summary, () => new RebaseCommand()),
        ("resize", ResizeCommand.Summary, () => new ResizeCommand()),
        ("snapshot", SnapshotCommand.Summary, () => new SnapshotCommand()),
        ("stream", StreamCommand.Summary, () => new StreamCommand()),
        ("tour", TourCommand.Summary, () => new TourCommand()),
    ];

    private static readonly string[] OwnNames =
        ["daemon", "explain", "formats", "io", "monitor", "nbd", "stream", "tour"];

    /// <summary>The command of that name, as far as the tool has it.</summary>
    public static ToolCommand? Find(string name, ToolRole role) => Has(role, name)
        ? Array.Find(Commands, command => command.Name == name).Make?.Invoke()
        : null;

    public static void WriteHelp(ToolConsole console)
    {
        TextWriter output = console.Out;
        string tool = console.Name.Text;
        output.WriteLine(console.Name.Version);
        output.WriteLine($"usage: {tool} [-h | -V] [-T pattern] command [command options]");
        output.WriteLine();
        output.WriteLine("Creates, inspects, copies and streams disk images.");
        output.WriteLine();
        foreach ((string name, string summary, _) in Commands.Where(command => Has(console.Name.Role, command.Name)))
        {
            output.WriteLine($"  {name,-9} {summary}");
        }

        output.WriteLine();
        output.WriteLine($"'{tool} COMMAND --help' lists a command's options.");
        output.WriteLine("Sizes are bytes, or carry a suffix: k, M, G, T, P, E for powers of 1024.");
        output.WriteLine();
        output.WriteLine(
            $"Supported formats: {string.Join(' ', ImageFiles.Formats.Formats.Select(format => format.Name))}");
    }

    private static bool Has(ToolRole role, string name) =>
        role == ToolRole.Blockgen || !OwnNames.Contains(name);
}
