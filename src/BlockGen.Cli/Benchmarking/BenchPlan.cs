namespace BlockGen.Cli;

/// <summary>The requests that <c>bench</c> sends.</summary>
internal sealed record BenchPlan
{
    public bool AreWrites { get; init; }

    public uint RequestCount { get; init; } = 75000;

    /// <summary>Most requests in flight at once.</summary>
    public uint Depth { get; init; } = 64;

    /// <summary>Bytes in each request.</summary>
    public int RequestBytes { get; init; } = 4096;

    /// <summary>Where the first request goes.</summary>
    public ulong Start { get; init; }

    /// <summary>Bytes from one request to the next.</summary>
    public ulong StepBytes { get; init; }

    /// <summary>What is written.</summary>
    public byte Pattern { get; init; }

    /// <summary>Requests from one flush to the next; 0 for no flushes.</summary>
    public uint FlushInterval { get; init; }

    /// <summary>Whether requests go on during a flush.</summary>
    public bool FlushesBesideRequests { get; init; }

    /// <summary>Whether each write is flushed.</summary>
    public bool FlushesWrites { get; init; }

    /// <summary>Says what will be done.</summary>
    public void Announce(TextWriter output)
    {
        output.WriteLine(
            $"Sending {RequestCount} {(AreWrites ? "write" : "read")} requests, {RequestBytes} bytes each, "
            + $"{Depth} in parallel (starting at offset {Start}, step size {StepBytes})");
        if (FlushInterval > 0)
        {
            output.WriteLine($"Sending flush every {FlushInterval} requests");
        }
    }
}
