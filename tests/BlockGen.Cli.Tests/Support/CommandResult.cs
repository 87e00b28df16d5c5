using System.Text.RegularExpressions;

namespace BlockGen.Cli.Tests;

/// <summary>What a command has printed, and its exit code.</summary>
internal sealed partial record CommandResult(string Output, string Errors, int ExitCode)
{
    /// <summary>The result with one name for every tool, and without numbers that differ from run to run.</summary>
    public CommandResult Normalized => new(Normalize(Output), Normalize(Errors), ExitCode);

    private static string Normalize(string text)
    {
        text = QemuName().Replace(text, ToolName.Blockgen.Text);
        text = NodeName().Replace(text, "#block");
        text = Seconds().Replace(text, "completed in TIME");
        text = Rates().Replace(text, "1 ops; TIME");
        return MachineRates().Replace(text, ",1,TIME");
    }

    [GeneratedRegex("qemu-(img|io)")]
    private static partial Regex QemuName();

    [GeneratedRegex(@"#block\d+")]
    private static partial Regex NodeName();

    [GeneratedRegex(@"completed in \d+\.\d{3} seconds\.$", RegexOptions.Multiline)]
    private static partial Regex Seconds();

    [GeneratedRegex("1 ops; .*")]
    private static partial Regex Rates();

    [GeneratedRegex(@",1,\d+:\d\d:\d\d\.\d\d,.*")]
    private static partial Regex MachineRates();
}
