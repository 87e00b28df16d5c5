namespace BlockGen;

/// <summary>A snapshot inside an image.</summary>
/// <param name="Id">Its number, as text; no other one of the image has it.</param>
/// <param name="Name">What it is called; others may be called the same.</param>
public sealed record ImageSnapshot(string Id, string Name)
{
    /// <summary>When it was taken.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>How long the machine had run.</summary>
    public TimeSpan VmClock { get; init; }

    /// <summary>Bytes of the machine's memory that are kept with it.</summary>
    public ulong VmStateBytes { get; init; }

    /// <summary>Bytes of the guest's disk at that time.</summary>
    public ulong DiskBytes { get; init; }

    /// <summary>Instructions the machine had run; null where they were not counted.</summary>
    public ulong? InstructionCount { get; init; }
}

/// <summary>Which snapshot is meant: by its number, by what it is called, or by both.</summary>
/// <param name="Id">Its number; null when any will do.</param>
/// <param name="Name">What it is called; null when that does not matter.</param>
public sealed record SnapshotName(string? Id, string? Name)
{
    /// <summary>Whether one of the two is enough: the number first.</summary>
    private bool IsEither { get; init; }

    /// <summary>A snapshot with this number, or else one that is called so.</summary>
    public static SnapshotName IdOrName(string text) => new(text, text) { IsEither = true };

    /// <summary>The first snapshot that is meant; null when there is none.</summary>
    public ImageSnapshot? FindIn(IEnumerable<ImageSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        if (IsEither)
        {
            IReadOnlyList<ImageSnapshot> all = [.. snapshots];
            return all.FirstOrDefault(snapshot => snapshot.Id == Id) ?? all.FirstOrDefault(snapshot => snapshot.Name == Name);
        }

        return Id is null && Name is null
            ? null
            : snapshots.FirstOrDefault(snapshot =>
                (Id is null || snapshot.Id == Id) && (Name is null || snapshot.Name == Name));
    }
}
