namespace BlockGen.Cli;

/// <summary>The tool: finds the command, runs it, and turns what goes wrong into a message and an exit code.</summary>
internal static class Tool
{
    public const string Name = "blockgen";

    public static async Task<int> RunAsync(string[] args, ToolConsole console)
    {
        try
        {
            return await DispatchAsync(args, console);
        }
        catch (ToolException failure)
        {
            console.Complain(failure.Message);
            if (failure.PointsAtHelp)
            {
                console.Error.WriteLine($"Try '{Name} --help' for more information");
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
        finally
        {
            console.Out.Flush();
        }
    }

    private static async ValueTask<int> DispatchAsync(string[] args, ToolConsole console)
    {
        switch (args)
        {
            case []:
                throw ToolException.Usage("Not enough arguments");
            case ["-V" or "--version", ..]:
                console.Out.WriteLine($"{Name} version {ToolVersion.Text}");
                return ExitCode.Success;
            case ["-h" or "--help", ..]:
                CommandList.WriteHelp(console.Out);
                return ExitCode.Success;
            case [['-', ..] option, ..]:
                throw ToolException.Usage($"unrecognized option '{option}'");
            default:
                ToolCommand command = CommandList.Find(args[0])
                    ?? throw ToolException.Usage($"Command not found: {args[0]}");
                return await command.RunAsync(args, console);
        }
    }
}
