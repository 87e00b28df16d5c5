using System.Diagnostics;

namespace BlockGen.Nbd.Tests;

/// <summary>
/// Runs other people's NBD programs. They must be installed: without them there is nothing to compare with.
/// </summary>
internal static class Peer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program that has to succeed; what it prints.</summary>
    public static async Task<string> MustAsync(string program, params string[] args)
    {
        (int exitCode, string output, string errors) = await RunAsync(program, args);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', args)}: exit code {exitCode}: {errors}{output}");
        return output;
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, params string[] args)
    {
        ProcessStartInfo start = new(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} did not start");
        using CancellationTokenSource patience = new(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', args)} did not end");
        }
    }

    /// <summary>Runs statements of libnbd's Python, with <c>h</c> connected to a URI.</summary>
    public static Task<string> ShellAsync(string uri, string statements) => MustAsync(
        "/usr/bin/python3", "-c", $"import nbd\nh = nbd.NBD()\nh.connect_uri('{uri}')\n{statements}");
}
