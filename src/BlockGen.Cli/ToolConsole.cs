using System.Runtime.InteropServices;
using System.Text;

namespace BlockGen.Cli;

/// <summary>Where a command reads and writes.</summary>
internal sealed class ToolConsole(TextReader input, TextWriter output, TextWriter error, bool isTerminal) : IDisposable
{
    private const long PatienceMilliseconds = 1000;

    private readonly List<PosixSignalRegistration> _signals = [];
    private CancellationTokenSource? _interruption;
    private long _interruptedAt; // Environment.TickCount64 of the first signal; Interlocked

    public TextReader In { get; } = input;

    /// <summary>Buffered: call <see cref="TextWriter.Flush"/> when the operator is waiting.</summary>
    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Whether a person is looking: colours and moving progress are welcome.</summary>
    public bool IsTerminal { get; } = isTerminal;

    // System.Console costs milliseconds to set up its encodings and terminal; plain streams do not.
    public static ToolConsole OfProcess()
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        return new ToolConsole(
            new StreamReader(Console.OpenStandardInput(), encoding),
            new StreamWriter(StandardStream.Output(), encoding) { NewLine = "\n" },
            new StreamWriter(StandardStream.Error(), encoding) { NewLine = "\n", AutoFlush = true },
            !Console.IsOutputRedirected)
        {
            Name = ToolName.OfProcess(),
        };
    }

    /// <summary>What the program is called, in front of messages.</summary>
    public ToolName Name { get; init; } = ToolName.Blockgen;

    /// <summary>What interrupts commands instead of signals; null for the process's own console.</summary>
    public CancellationToken? Interruption { get; init; }

    /// <summary>A token that Ctrl-C and SIGTERM cancel, instead of ending the process.</summary>
    public CancellationToken CatchInterruption()
    {
        if (Interruption is { } given)
        {
            return given;
        }

        if (_interruption is null)
        {
            _interruption = new CancellationTokenSource();
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt));
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt));
        }

        return _interruption.Token;
    }

    /// <summary>Tells the operator of an error or a warning.</summary>
    public void Complain(string message)
    {
        FlushOutput();
        foreach (string part in message.Split(ToolException.Another))
        {
            Error.WriteLine($"{Name.Text}: {part}");
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _interruption?.Dispose();
        FlushOutput();
    }

    // What cannot be written is complained of once, by the command that wrote it.
    private void FlushOutput()
    {
        try
        {
            Out.Flush();
        }
        catch (IOException)
        {
        }
    }

    private void Interrupt(PosixSignalContext signal)
    {
        // Asked again after a while, the process ends without further ado. One key press may arrive as several signals.
        long now = Environment.TickCount64;
        long first = Interlocked.CompareExchange(ref _interruptedAt, now, 0);
        signal.Cancel = first == 0 || now - first < PatienceMilliseconds;
        _interruption?.Cancel();
    }
}
