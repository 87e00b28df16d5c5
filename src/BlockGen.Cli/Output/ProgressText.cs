using System.Globalization;

namespace BlockGen.Cli;

/// <summary>Progress in one line that is written over again, as qemu-img's <c>-p</c> shows it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ProgressText(ToolConsole console, bool isShown)
{
    private const double LeastStep = 0.01;

    private readonly object _lock = new();
    private double _shown = -1; // per cent; guarded by _lock

    /// <summary>Shows the progress, unless it has hardly moved.</summary>
    public void Show(CopyProgress progress) =>
        Show(progress.Total == 0 ? 100 : progress.Offset * 100.0 / progress.Total);

    /// <summary>Shows what has been done, in per cent.</summary>
    public void Show(double percent)
    {
        if (!isShown)
        {
            return;
        }

        lock (_lock)
        {
            if (percent < _shown + LeastStep)
            {
                return;
            }

            _shown = percent;
            console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"    ({percent:0.00}/100%)\r"));
            console.Out.Flush();
        }
    }

    /// <summary>Leaves the line.</summary>
    public void End()
    {
        if (isShown)
        {
            console.Out.WriteLine();
        }
    }
}
