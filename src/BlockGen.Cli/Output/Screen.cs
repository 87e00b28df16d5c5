using Spectre.Console;

namespace BlockGen.Cli;

/// <summary>Text with headings and colours on a terminal, the same text plain elsewhere.</summary>
internal sealed class Screen
{
    private const int WidthOfFiles = 10_000;

    private readonly TextWriter _output;

    public Screen(ToolConsole console)
    {
        _output = console.Out;
        IsTerminal = console.IsTerminal;
        Ansi = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(console.Out),
            Ansi = IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!IsTerminal)
        {
            Ansi.Profile.Width = WidthOfFiles;
        }
    }

    public bool IsTerminal { get; }

    public IAnsiConsole Ansi { get; }

    /// <summary>A line on its own that begins a part.</summary>
    public void Heading(string text)
    {
        Line("");
        Styled(text, "bold");
    }

    /// <summary>Plain text.</summary>
    public void Line(string text)
    {
        _output.WriteLine(text);
        _output.Flush();
    }

    /// <summary>Text that matters less.</summary>
    public void Remark(string text) => Styled(text, "grey");

    /// <summary>Text that says that all is well.</summary>
    public void Good(string text) => Styled(text, "green");

    /// <summary>Text that says that something is wrong.</summary>
    public void Bad(string text) => Styled(text, "red");

    private void Styled(string text, string style)
    {
        if (IsTerminal)
        {
            Ansi.MarkupLine($"[{style}]{Markup.Escape(text)}[/]");
        }
        else
        {
            _output.WriteLine(text);
        }

        _output.Flush();
    }
}
