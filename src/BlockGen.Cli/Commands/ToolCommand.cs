namespace BlockGen.Cli;

/// <summary>A command: its syntax, declared by the constructor, and what it does.</summary>
internal abstract class ToolCommand(string name, string summary, string operands)
{
    protected CommandSyntax Syntax { get; } = new(name, summary, operands);

    public virtual async ValueTask<int> RunAsync(string[] args, ToolConsole console) =>
        Syntax.Parse(args, console.Out) is { } line ? await RunAsync(line, console) : ExitCode.Success;

    protected abstract ValueTask<int> RunAsync(CommandArguments line, ToolConsole console);
}
