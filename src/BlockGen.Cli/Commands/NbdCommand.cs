using System.CommandLine;
using BlockGen.Nbd;

namespace BlockGen.Cli;

/// <summary><c>blockgen nbd</c>: serves an image to NBD clients, with qemu-nbd's options.</summary>
internal sealed class NbdCommand : ToolCommand
{
    public const string Summary = "Serves an image over the NBD protocol, or lists what others serve";

    private readonly NbdSyntax _syntax;

    public NbdCommand()
        : base("nbd", Summary, "file")
    {
        Syntax.SpeaksAsGetopt = true;
        _syntax = new NbdSyntax(Syntax);
    }

    public override async ValueTask<int> RunAsync(string[] args, ToolConsole console)
    {
        try
        {
            return await base.RunAsync(args, console);
        }
        catch (ToolException problem) when (problem.PointsAtHelp)
        {
            console.Complain(
                $"{problem.Message}{ToolException.Another}Try `{console.Name.Text} --help' for more information.");
            return ExitCode.Failure;
        }
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        if (line.Has(_syntax.Version))
        {
            console.Out.WriteLine(console.Name.Version);
            return ExitCode.Success;
        }

        foreach (string pattern in line.All(_syntax.Trace))
        {
            TraceOption.Warn(console, pattern);
        }

        if (line.Has(_syntax.List))
        {
            await NbdExportList.WriteAsync(_syntax, line, console.Out, console.CatchInterruption());
            return ExitCode.Success;
        }

        if (line.Operands.Count != 1)
        {
            throw new ToolException(
                $"Invalid number of arguments\nTry `{console.Name.Text} --help' for more information.");
        }

        NbdPlan plan = _syntax.Read(line);
        if (plan.IsInBackground && !BackgroundProcess.IsThis)
        {
            return BackgroundProcess.Start();
        }

        SocketCompletions.StayOnTheirThread();
        CancellationToken interruption = console.CatchInterruption();
        await using Image image = await OpenAsync(plan, console, interruption);
        await using NbdServer server = NbdServer.Start(plan.ServerOptions(console));
        await ServeAsync(plan, image, server, console, interruption);
        return ExitCode.Success;
    }

    private static async ValueTask<Image> OpenAsync(
        NbdPlan plan, ToolConsole console, CancellationToken cancellation)
    {
        try
        {
            Image image = await ImageFiles.TryOpenAsync(plan.Path, plan.Opening, cancellation);
            GuessedRaw.Warn(console, plan.Path, plan.Opening, image);
            return image;
        }
        catch (ImageException failure)
        {
            throw new ToolException($"Failed to blk_new_open '{plan.Path}': {failure.Message}");
        }
    }

    private static async ValueTask ServeAsync(
        NbdPlan plan, Image image, NbdServer server, ToolConsole console, CancellationToken interruption)
    {
        using CancellationTokenSource lastClientLeft = CancellationTokenSource.CreateLinkedTokenSource(interruption);
        server.ClientLeft += _ =>
        {
            if (!plan.IsPersistent && server.ConnectionCount == 0)
            {
                lastClientLeft.Cancel();
            }
        };
        server.Add(plan.MakeExport(image));
        if (plan.PidFile is { } pidFile)
        {
            await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n", interruption);
        }

        if (plan.IsInBackground)
        {
            BackgroundProcess.TellReady(console.Out);
        }

        try
        {
            await Task.Delay(Timeout.Infinite, lastClientLeft.Token);
        }
        catch (OperationCanceledException)
        {
            // The wish to end is the only way to end.
        }

        await server.StopAsync(CancellationToken.None);
        if (plan.PidFile is { } written)
        {
            File.Delete(written);
        }
    }
}
