using System.Diagnostics;

namespace BlockGen.Monitor.Tests;

/// <summary>Runs QEMU's tools, which must succeed.</summary>
internal static class Qemu
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program in a folder; what it prints.</summary>
    public static async Task<string> RunAsync(string folder, string program, params string[] args)
    {
        ProcessStartInfo start = new(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} did not start");
        using CancellationTokenSource patience = new(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(
            process.ExitCode == 0,
            $"{program} {string.Join(' ', args)}: exit code {process.ExitCode}: {await errors}{await output}");
        return await output;
    }

    /// <summary>A base of 4 MiB, half full, an image over it with some data of its own, and an empty one on top.</summary>
    public static async Task MakeChainAsync(string folder)
    {
        await RunAsync(folder, "qemu-img", "create", "-q", "-f", "raw", "base.img", "4M");
        await RunAsync(folder, "qemu-io", "-f", "raw", "-c", "write -P 5 0 2M", "base.img");
        await RunAsync(folder, "qemu-img", "create", "-q", "-f", "qcow2", "-b", "base.img", "-F", "raw", "mid.qcow2");
        await RunAsync(folder, "qemu-io", "-c", "write -P 7 1M 1M", "mid.qcow2");
        await RunAsync(folder, "qemu-img", "create", "-q", "-f", "qcow2", "-b", "mid.qcow2", "-F", "qcow2", "top.qcow2");
        await RunAsync(folder, "qemu-io", "-c", "write -P 8 3M 512k", "top.qcow2");
    }
}
