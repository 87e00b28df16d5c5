namespace BlockGen.Cli;

/// <summary>Ends the command: what to tell the operator, and the exit code.</summary>
internal sealed class ToolException(string message, int exitCode = ExitCode.Failure, bool pointsAtHelp = false)
    : Exception(message)
{
    /// <summary>Ends one message and begins another, each told with the tool's name in front.</summary>
    public const char Another = '\x1e';

    public int ExitCode { get; } = exitCode;

    /// <summary>Whether the help is worth pointing at: the command line itself was wrong.</summary>
    public bool PointsAtHelp { get; } = pointsAtHelp;

    public static ToolException Usage(string message) => new(message, Cli.ExitCode.Failure, pointsAtHelp: true);
}

/// <summary>Exit codes, as qemu-img's manual gives them.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;

    public const int ImagesDiffer = 1;
    public const int CompareFailed = 2;

    public const int CheckFoundErrors = 2;
    public const int CheckFoundLeaks = 3;
    public const int CheckNotSupported = 63;
}
