namespace BlockGen.Cli;

/// <summary><c>blockgen monitor</c>: a prompt for a daemon's operator.</summary>
internal sealed class MonitorCommand : ToolCommand
{
    public const string Summary = "Obeys lines about a daemon's disks, in the words of QEMU's monitor";

    private const string Prompt = "(blockgen) ";

    public MonitorCommand()
        : base("monitor", Summary, operands: "socket")
    {
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        string place = line.Operands is [string only]
            ? only
            : throw ToolException.Usage("Expecting the socket of one monitor");
        CancellationToken interruption = console.CatchInterruption();
        using MonitorClient client = await MonitorClient.ConnectAsync(place, interruption);
        return console.IsTerminal && !Console.IsInputRedirected
            ? await TalkAsync(client, console, interruption)
            : await ObeyLinesAsync(client, console, interruption);
    }

    private static async ValueTask<int> TalkAsync(
        MonitorClient client, ToolConsole console, CancellationToken cancellation)
    {
        // So that Ctrl-C empties the line instead of ending the program.
        Console.TreatControlCAsInput = true;
        WordCompletion words = new(client, cancellation);
        LineEditor editor = new(
            () => Console.ReadKey(intercept: true), console.Out, () => Console.WindowWidth, words.CompleteAsync);
        console.Out.WriteLine("'help' lists the commands; Ctrl-D leaves the daemon alone.");
        while (await editor.ReadLineAsync(Prompt) is { } text)
        {
            if (!await ObeyAsync(client, text, console, cancellation))
            {
                break;
            }
        }

        return ExitCode.Success;
    }

    private static async ValueTask<int> ObeyLinesAsync(
        MonitorClient client, ToolConsole console, CancellationToken cancellation)
    {
        while (await console.In.ReadLineAsync(cancellation) is { } text)
        {
            if (!await ObeyAsync(client, text, console, cancellation))
            {
                break;
            }
        }

        return ExitCode.Success;
    }

    /// <summary>False when there is no daemon any more.</summary>
    private static async ValueTask<bool> ObeyAsync(
        MonitorClient client, string text, ToolConsole console, CancellationToken cancellation)
    {
        console.Out.Write(await client.ObeyAsync(text, cancellation));
        console.Out.Flush();
        return text.Trim() is not ("quit" or "q");
    }
}
