using System.Diagnostics;

namespace BlockGen.Cli.Tests;

/// <summary>Runs QEMU's tools. They must be installed: without them there is nothing to be compared with.</summary>
internal static class Peer
{
    /// <summary>
    /// Runs a command line of ours with the tool that has it: <c>io</c> is qemu-io, the rest qemu-img.
    /// </summary>
    public static CommandResult Run(string folder, string line, string input = "")
    {
        string[] words = CommandText.Split(line);
        return words is ["io", ..] ? Run(folder, "qemu-io", words[1..], input) : Run(folder, "qemu-img", words, input);
    }

    public static CommandResult Run(string folder, string program, string[] args, string input = "")
    {
        ProcessStartInfo start = new(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(output, errors.Result, process.ExitCode);
    }

    /// <summary>Runs a command that has to succeed.</summary>
    public static string Must(string folder, string line)
    {
        CommandResult result = Run(folder, line);
        Assert.True(result.ExitCode == 0, $"{line}: exit code {result.ExitCode}: {result.Errors}{result.Output}");
        return result.Output;
    }
}
