namespace BlockGen.Concurrency.Tests.Exploring;

/// <summary>Something that must go well under every schedule.</summary>
/// <param name="Name">How commands call it.</param>
/// <param name="RunAsync">Runs it once; an exception is a failure.</param>
internal sealed record Scenario(string Name, Func<Task> RunAsync)
{
    /// <summary>
    /// Whether others may come to work at every access to memory, not only where requests wait or lock.
    /// </summary>
    public bool AtEveryMemoryAccess { get; init; }

    /// <summary>Makes what every run begins with; called before the first.</summary>
    public Func<Task> PrepareAsync { get; init; } = static () => Task.CompletedTask;
}
