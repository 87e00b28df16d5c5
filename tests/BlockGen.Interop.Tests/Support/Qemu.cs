using System.Diagnostics;

namespace BlockGen.Interop.Tests;

/// <summary>QEMU's tools, the judge of every format. A missing tool fails the test that needs it.</summary>
internal static class Qemu
{
    /// <summary>Runs qemu-img; fails with its output unless it succeeds.</summary>
    public static async Task<string> ImgAsync(params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync("qemu-img", "", arguments);
        Assert.True(exitCode == 0, $"qemu-img {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>
    /// Runs qemu-img to make an encrypted image. QEMU 7.2 measures its own speed first, and gives up when the machine's
    /// clock is too coarse for that: the next time it may not be.
    /// </summary>
    public static async Task ImgPatientlyAsync(params string[] arguments)
    {
        const string Unlucky = "Unable to get accurate CPU usage";
        (int exitCode, string output) = await RunAsync("qemu-img", "", arguments);
        for (int retry = 0; retry < 100 && output.Contains(Unlucky, StringComparison.Ordinal); retry++)
        {
            (exitCode, output) = await RunAsync("qemu-img", "", arguments);
        }

        Assert.True(exitCode == 0, output);
    }

    /// <summary>Runs qemu-img, which must fail; returns what it said.</summary>
    public static async Task<string> ImgRefusesAsync(params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync("qemu-img", "", arguments);
        Assert.True(exitCode != 0, $"qemu-img {string.Join(' ', arguments)} succeeded:\n{output}");
        return output;
    }

    /// <summary>Runs many qemu-io commands on one open image; fails with the output unless each succeeds.</summary>
    public static async Task<string> IoAsync(string format, string file, IEnumerable<string> commands)
    {
        (int exitCode, string output) = await RunAsync("qemu-io", string.Join('\n', commands), "-f", format, file);
        Assert.True(
            exitCode == 0 && !output.Contains("failed", StringComparison.Ordinal),
                $"qemu-io {file} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>The image must be free of errors and leaks.</summary>
    public static async Task CheckCleanAsync(string format, string file)
    {
        // Raw files have no tables to check; QEMU cannot check those of qcow.
        if (format is not ("raw" or "qcow"))
        {
            string output = await ImgAsync("check", "-f", format, file);
            Assert.Contains("No errors were found", output, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// The image must hold exactly these bytes; QEMU sees whole sectors, the rest of the last one is zero.
    /// </summary>
    public static async Task ExpectContentAsync(string format, string file, byte[] expected)
    {
        string plain = $"{file}.expected";
        byte[] sectors = new byte[(expected.Length + 511) / 512 * 512];
        expected.CopyTo(sectors, 0);
        await File.WriteAllBytesAsync(plain, sectors);
        string output = await ImgAsync("compare", "-f", "raw", "-F", format, plain, file);
        Assert.DoesNotContain("mismatch", output, StringComparison.Ordinal);
        File.Delete(plain);
    }

    /// <summary>Two files must hold the same bytes; holes are passed over.</summary>
    public static async Task ExpectSameFilesAsync(string expected, string actual)
    {
        Assert.Equal(new FileInfo(expected).Length, new FileInfo(actual).Length);
        await ImgAsync("compare", "-f", "raw", "-F", "raw", expected, actual);
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(
        string tool, string input, params string[] arguments)
    {
        using Process process = Start(tool, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await TellAsync(process, input);
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static async Task TellAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A tool that refuses the image may be gone before it is told anything: its exit code says what it thought.
        }
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
        QemuIoHolder holder = new(Qemu.Start("qemu-io", arguments));
        // The answer to a command is the proof that the image is open.
        await holder._process.StandardInput.WriteLineAsync("length");
        string? answer = await holder._process.StandardOutput.ReadLineAsync();
        Assert.Contains("iB", answer, StringComparison.Ordinal);
        return holder;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
