namespace BlockGen.Monitor;

/// <summary>What every job is started with.</summary>
/// <param name="Id">What clients call it.</param>
/// <param name="Type">What it does: <c>stream</c>, <c>commit</c>, <c>mirror</c>, <c>backup</c>, <c>create</c>.</param>
internal sealed record JobSettings(string Id, string Type)
{
    /// <summary>Whether it changes what it has to in the end by itself; otherwise it waits for a command.</summary>
    public bool FinalizesItself { get; init; } = true;

    /// <summary>Whether it disappears when it is over; otherwise it stays for a command.</summary>
    public bool DismissesItself { get; init; } = true;

    /// <summary>Bytes in a second at most; 0 for as many as there are.</summary>
    public ulong SpeedBytesPerSecond { get; init; }

    /// <summary>What a storage error leads to.</summary>
    public ErrorPolicy OnError { get; init; }

    /// <summary>The nodes it uses, and that nobody else may use meanwhile.</summary>
    public IReadOnlyList<Node> Nodes { get; init; } = [];
}
