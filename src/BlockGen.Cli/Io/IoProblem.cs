namespace BlockGen.Cli;

/// <summary>Ends one command of <c>io</c>; the session goes on, and its exit code tells of it.</summary>
internal sealed class IoProblem(string message, IoProblemKind kind = IoProblemKind.Answer) : Exception(message)
{
    private const int NotSupportedCode = 95; // EOPNOTSUPP

    public IoProblemKind Kind { get; } = kind;

    /// <summary>A command that was not written as it must be.</summary>
    public static IoProblem Usage(IoVerb verb) => new(verb.OneLine);

    /// <summary>A request that failed, in the system's words.</summary>
    public static IoProblem Failed(string request, Exception failure) => new($"{request} failed: {Describe(failure)}");

    private static string Describe(Exception failure) => failure switch
    {
        NotSupportedException or IOException { HResult: NotSupportedCode } => "Operation not supported",
        IOException error when StorageErrors.IsNoSpace(error) => "No space left on device",
        _ => "Input/output error",
    };
}

/// <summary>Where a problem is told of.</summary>
internal enum IoProblemKind
{
    /// <summary>On the output, where the result would be.</summary>
    Answer,

    /// <summary>On the error stream.</summary>
    Error,

    /// <summary>On the error stream, after the tool's name.</summary>
    NamedError,
}
