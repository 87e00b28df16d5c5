using System.Reflection;

namespace BlockGen.Cli.Tests;

/// <summary>Runs our tool in a process of its own, in which system calls on one file fail.</summary>
public sealed class FaultyCalls : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blockgen-calls-").FullName;
    private readonly string _library;

    public FaultyCalls()
    {
        _library = Path.Combine(_folder, "faulty-calls.so");
        string root = typeof(FaultyCalls).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "ProjectRoot").Value!;
        CommandResult built = Peer.Run(
            Path.Combine(root, "SystemCalls"),
            "cc",
            ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", _library, "faulty-calls.c", "-ldl"]);
        Assert.True(built.ExitCode == 0, built.Errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Every call is interrupted once, and transfers fewer bytes than it was asked for.</summary>
    /// <param name="folder">The folder to work in.</param>
    /// <param name="file">The name of the file in it.</param>
    /// <param name="unitBytes">What the transferred bytes are a multiple of.</param>
    /// <param name="line">What our tool is to do.</param>
    internal CommandResult RunInterrupted(string folder, string file, int unitBytes, string line) =>
        Run(folder, line, file, new() { ["FAULTY_UNIT"] = $"{unitBytes}" });

    /// <summary>One call fails; null when there are not so many calls.</summary>
    /// <param name="folder">The folder to work in.</param>
    /// <param name="file">The name of the file in it.</param>
    /// <param name="call">Which call, counted from 1.</param>
    /// <param name="error">The error's number.</param>
    /// <param name="line">What our tool is to do.</param>
    internal CommandResult? RunFailing(string folder, string file, int call, int error, string line)
    {
        string mark = Path.Combine(_folder, "mark");
        File.Delete(mark);
        CommandResult result = Run(folder, line, file, new()
        {
            ["FAULTY_CALL"] = $"{call}",
            ["FAULTY_ERROR"] = $"{error}",
            ["FAULTY_MARK"] = mark,
        });
        return File.Exists(mark) ? result : null;
    }

    private CommandResult Run(string folder, string line, string file, Dictionary<string, string> rules)
    {
        rules["FAULTY_FILE"] = Path.Combine(folder, file);
        rules["LD_PRELOAD"] = _library;
        string[] settings = [.. rules.Select(rule => $"{rule.Key}={rule.Value}")];
        string tool = Path.Combine(AppContext.BaseDirectory, "BlockGen.Cli.dll");
        return Peer.Run(folder, "env", [.. settings, "dotnet", tool, .. CommandText.Split(line)]);
    }
}
