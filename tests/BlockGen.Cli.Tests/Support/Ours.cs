namespace BlockGen.Cli.Tests;

/// <summary>Runs our tool, in this process.</summary>
internal static class Ours
{
    public static Task<CommandResult> RunAsync(string folder, string line, string input = "") =>
        RunAsync(folder, line, new StringWriter(), input, CancellationToken.None);

    /// <summary>Runs it as if the program had that name.</summary>
    public static Task<CommandResult> RunAsAsync(ToolName name, string folder, string line, string input = "") =>
        RunAsync(folder, line, new StringWriter(), input, CancellationToken.None, name);

    public static async Task<CommandResult> RunAsync(
        string folder,
        string line,
        StringWriter output,
        string input,
        CancellationToken interruption,
        ToolName? name = null)
    {
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;
        try
        {
            output.NewLine = "\n";
            StringWriter errors = new() { NewLine = "\n" };
            using ToolConsole console = new(new StringReader(input), output, errors, isTerminal: false)
            {
                Interruption = interruption,
                Name = name ?? ToolName.Blockgen,
            };
            int exitCode = await Tool.RunAsync(CommandText.Split(line), console);
            return new CommandResult(output.ToString(), errors.ToString(), exitCode);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    /// <summary>Runs a command that has to succeed.</summary>
    public static async Task<string> MustAsync(string folder, string line)
    {
        CommandResult result = await RunAsync(folder, line);
        Assert.True(result.ExitCode == 0, $"{line}: exit code {result.ExitCode}: {result.Errors}{result.Output}");
        return result.Output;
    }
}
