namespace BlockGen.Fuzz;

/// <summary>
/// Uses a file as an image in every way. Whatever is in it, the driver must answer in bounded time and memory, fail as
/// images fail only, and keep what it is given once it says that the image is sound.
/// </summary>
/// <param name="format">The driver.</param>
/// <param name="limit">How long the processor may take for all of it.</param>
internal sealed class CaseRunner(ImageFormat format, TimeSpan limit)
{
    private const int Attempts = 3;
    private const long MostAllocatedBytes = 64 << 20;

    /// <summary>Uses the file in every way.</summary>
    public CaseVerdict Run(byte[] file)
    {
        TimeSpan shortest = TimeSpan.MaxValue;
        for (int attempt = 0; attempt == 0 || (attempt < Attempts && shortest > limit); attempt++)
        {
            // The processor's time: what else the machine does is not the driver's. The first attempt also compiles.
            TimeSpan start = Environment.CpuUsage.TotalTime;
            if (Attempt(file) is { Problem: not null } verdict)
            {
                return verdict;
            }

            TimeSpan took = Environment.CpuUsage.TotalTime - start;
            shortest = took < shortest ? took : shortest;
        }

        return shortest <= limit
            ? CaseVerdict.Good
            : new CaseVerdict($"takes {shortest.TotalSeconds:F1} s, more than {limit.TotalSeconds} s", "slow");
    }

    private CaseVerdict Attempt(byte[] file)
    {
        try
        {
            CaseUse use = new(format, file);
            foreach (Func<Task> step in use.Steps)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                step().GetAwaiter().GetResult();
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                long most = MostAllocatedBytes + 6L * file.Length;
                if (allocated > most)
                {
                    throw new CaseException($"{allocated} bytes are allocated by {step.Method.Name}, more than {most}");
                }
            }

            return CaseVerdict.Good;
        }
        catch (CaseException problem)
        {
            return new CaseVerdict(problem.Message, string.Concat(problem.Message.Where(char.IsLetter)));
        }
        catch (Exception error)
        {
            string place = (error.StackTrace ?? "").Split('\n')
                .FirstOrDefault(line => line.Contains(" BlockGen.", StringComparison.Ordinal), "").Trim();
            return new CaseVerdict(error.ToString(), $"{error.GetType().Name} {place}");
        }
    }
}
