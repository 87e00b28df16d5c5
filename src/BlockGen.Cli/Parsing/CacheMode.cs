namespace BlockGen.Cli;

/// <summary>How a file's data passes the host's page cache: the values of <c>-t</c> and <c>-T</c>.</summary>
/// <param name="Direct">The page cache is passed by.</param>
/// <param name="IgnoreFlush">Flushes are not waited for.</param>
/// <param name="FlushesWrites">A write is durable when it completes.</param>
internal readonly record struct CacheMode(bool Direct, bool IgnoreFlush, bool FlushesWrites)
{
    public static CacheMode None => new(Direct: true, IgnoreFlush: false, FlushesWrites: false);

    public static CacheMode Writeback => new(Direct: false, IgnoreFlush: false, FlushesWrites: false);

    public static CacheMode Unsafe => new(Direct: false, IgnoreFlush: true, FlushesWrites: false);

    /// <summary>The mode of that name; null when there is none.</summary>
    public static CacheMode? Find(string name) => name switch
    {
        "none" or "off" => None,
        "directsync" => None with { FlushesWrites = true },
        "writeback" => Writeback,
        "writethrough" => Writeback with { FlushesWrites = true },
        "unsafe" => Unsafe,
        _ => null,
    };

    /// <summary>The mode a command line names, or the command's own.</summary>
    public static CacheMode Parse(string? name, CacheMode initial, string what, int exitCode = ExitCode.Failure) =>
        name is null ? initial : Find(name) ?? throw new ToolException($"Invalid {what} option: {name}", exitCode);
}
