using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BlockGen.Cli;

/// <summary>
/// Runs a command in the background: the program starts itself again, waits until that says it is ready, and ends.
/// </summary>
internal static partial class BackgroundProcess
{
    private const string Mark = "BLOCKGEN_BACKGROUND";
    private const string ReadyLine = "ready";
    private const int StandardInput = 0;
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    private const int StandardError = 2;

    /// <summary>Whether this process is the one in the background.</summary>
    public static bool IsThis => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Starts the same command line again; the exit code is 0 once it is ready.</summary>
    public static int Start()
    {
        string[] line = Environment.GetCommandLineArgs();
        string self = Environment.ProcessPath ?? line[0];
        bool isHosted = Path.GetFileNameWithoutExtension(self) == "dotnet";
        ProcessStartInfo start = new(isHosted ? self : line[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in isHosted ? line : line[1..])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Mark] = "1";
        using Process process = Process.Start(start)
            ?? throw new ToolException("the background process did not start");
        process.StandardInput.Close();

        // Handed on, not handed down: a runtime may keep copies of its streams, and whoever waits for this process's
        // streams to end must not wait for the one in the background.
        Task complaints = process.StandardError.BaseStream.CopyToAsync(StandardStream.Error());
        if (process.StandardOutput.ReadLine() == ReadyLine)
        {
            complaints.Wait(LastWords);
            return ExitCode.Success;
        }

        process.WaitForExit();
        complaints.Wait(LastWords);
        return process.ExitCode == ExitCode.Success ? ExitCode.Failure : process.ExitCode;
    }

    /// <summary>
    /// Tells the process that started this one that it may end, and lets go of its terminal and its streams.
    /// </summary>
    public static void TellReady(TextWriter output)
    {
        output.WriteLine(ReadyLine);
        output.Flush();
        setsid();
        int nothing = open("/dev/null", ReadAndWrite);
        for (int stream = StandardInput; nothing >= 0 && stream <= StandardError; stream++)
        {
            dup2(nothing, stream);
        }
    }

    private const int ReadAndWrite = 2; // O_RDWR

    [LibraryImport("libc")]
    private static partial int setsid();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int dup2(int from, int to);
}
