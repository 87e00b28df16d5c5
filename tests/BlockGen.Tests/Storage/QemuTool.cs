using System.Diagnostics;

namespace BlockGen.Tests.Storage;

/// <summary>QEMU's command-line tools, which must be installed.</summary>
internal static class QemuTool
{
    /// <summary>Runs a tool to its end; returns its exit code and all it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string tool, params string[] arguments)
    {
        using Process process = Start(tool, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    public static Process Start(string tool, params string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{tool} did not start");
    }
}

/// <summary>A qemu-io that keeps an image open until it is disposed.</summary>
internal sealed class QemuIoHolder : IAsyncDisposable
{
    private readonly Process _process;

    private QemuIoHolder(Process process) => _process = process;

    public static async Task<QemuIoHolder> OpenAsync(params string[] arguments)
    {
        QemuIoHolder holder = new(QemuTool.Start("qemu-io", arguments));
        // The answer to a command is the proof that the image is open.
        await holder._process.StandardInput.WriteLineAsync("length");
        string? answer = await holder._process.StandardOutput.ReadLineAsync();
        Assert.Contains("MiB", answer, StringComparison.Ordinal);
        return holder;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
