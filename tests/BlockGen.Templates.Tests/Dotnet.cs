using System.Diagnostics;

namespace BlockGen.Templates.Tests;

/// <summary>The dotnet command, in a folder and with a home of its own.</summary>
internal sealed class Dotnet(string home)
{
    /// <summary>Runs it; fails with its output unless it succeeds.</summary>
    public async Task<string> MustAsync(string folder, params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync(folder, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    public Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments) =>
        RunAsync("dotnet", folder, arguments);

    public async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_HOME"] = home;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        // What is measured is the package, not how long its streaming tests may run.
        start.Environment["BLOCKGEN_SEEDS"] = "3";

        // A server that outlives the command would hold its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
