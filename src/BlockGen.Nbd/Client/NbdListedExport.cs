namespace BlockGen.Nbd;

/// <summary>An export as its server lists it. What the server does not tell is null or empty.</summary>
/// <param name="Name">What clients ask for.</param>
/// <param name="Description">What a person is told; may be empty.</param>
public sealed record NbdListedExport(string Name, string Description)
{
    /// <summary>Bytes.</summary>
    public ulong? Length { get; init; }

    /// <summary>The protocol's transmission flags.</summary>
    public ushort Flags { get; init; }

    /// <summary>Bytes in the least and the preferred block, and in the largest request.</summary>
    public (uint Least, uint Preferred, uint Most)? BlockBytes { get; init; }

    /// <summary>What status requests can tell of: <c>base:allocation</c>.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];
}
