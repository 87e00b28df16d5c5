using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen formats</c>: what the tool can read and make.</summary>
internal sealed class FormatsCommand : ToolCommand
{
    public const string Summary = "Lists the formats, what they can, and the options their images are made with";

    private readonly Option _output;

    public FormatsCommand()
        : base("formats", Summary, operands: "")
    {
        _output = Syntax.OutputForm();
    }

    protected override ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        OutputForm form = OutputForms.Parse(line.Last(_output));
        if (line.Operands.Count > 0)
        {
            throw ToolException.Usage($"Unexpected argument: {line.Operands[0]}");
        }

        if (form == OutputForm.Human)
        {
            FormatsOutput.WriteHuman(console.Out, ImageFiles.Formats.Formats);
        }
        else
        {
            FormatsOutput.WriteJson(console.Out, ImageFiles.Formats.Formats);
        }

        return ValueTask.FromResult(ExitCode.Success);
    }
}
