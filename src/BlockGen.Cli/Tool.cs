namespace BlockGen.Cli;

/// <summary>The tool: finds the command, runs it, and turns what goes wrong into a message and an exit code.</summary>
internal static class Tool
{
    public static async Task<int> RunAsync(string[] args, ToolConsole console)
    {
        try
        {
            int exitCode = await DispatchAsync(args, console);
            console.Out.Flush();
            return exitCode;
        }
        catch (ToolException failure)
        {
            console.Complain(failure.Message);
            if (failure.PointsAtHelp)
            {
                console.Error.WriteLine($"Try '{console.Name.Text} --help' for more information");
            }

            return failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            console.Complain("Interrupted");
            return ExitCode.Failure;
        }
        catch (Exception failure) when (failure is IOException or ImageException or OptionException
            or UnauthorizedAccessException or NotSupportedException)
        {
            console.Complain(failure.Message);
            return ExitCode.Failure;
        }
    }

    private static ValueTask<int> DispatchAsync(string[] args, ToolConsole console)
    {
        if (console.Name.Role == ToolRole.QemuIo)
        {
            return new IoCommand().RunAsync(["io", .. args], console);
        }

        if (console.Name.Role == ToolRole.QemuStorageDaemon)
        {
            return new DaemonCommand().RunAsync(["daemon", .. args], console);
        }

        if (console.Name.Role == ToolRole.QemuNbd)
        {
            return new NbdCommand().RunAsync(["nbd", .. args], console);
        }

        switch (args)
        {
            case []:
                throw ToolException.Usage("Not enough arguments");
            case ["-V" or "--version", ..]:
                console.Out.WriteLine(console.Name.Version);
                return ValueTask.FromResult(ExitCode.Success);
            case ["-h" or "--help", ..]:
                CommandList.WriteHelp(console);
                return ValueTask.FromResult(ExitCode.Success);
            case ["-T" or "--trace"]:
                throw ToolException.Usage($"missing argument for option '{args[0]}'");
            case ["-T" or "--trace", string pattern, ..]:
                TraceOption.Warn(console, pattern);
                return DispatchAsync(args[2..], console);
            case [['-', ..] option, ..]:
                throw ToolException.Usage($"unrecognized option '{option}'");
            default:
                ToolCommand command = CommandList.Find(args[0], console.Name.Role)
                    ?? throw ToolException.Usage($"Command not found: {args[0]}");
                return command.RunAsync(args, console);
        }
    }
}
