namespace BlockGen;

/// <summary>A change that reached the disk although no flush vouched for it.</summary>
/// <param name="Change">Its index in <see cref="PowerCutStorage.Changes"/>.</param>
/// <param name="TearSeed">0 for all of it; any other number picks which of its 512-byte sectors survived.</param>
public readonly record struct PowerCutSurvivor(int Change, int TearSeed = 0)
{
    /// <inheritdoc/>
    public override string ToString() => TearSeed == 0 ? $"{Change}" : $"{Change} torn by {TearSeed}";
}

/// <summary>What a disk may hold after a power cut.</summary>
/// <param name="Cut">The moment, one of <see cref="PowerCutStorage.Cuts"/>.</param>
/// <param name="Survivors">What survived beyond what was flushed, in the order it reached the disk.</param>
public sealed record PowerCutState(int Cut, IReadOnlyList<PowerCutSurvivor> Survivors)
{
    /// <inheritdoc/>
    public override string ToString() => $"cut at {Cut}, surviving: [{string.Join(", ", Survivors)}]";
}

/// <summary>A recorded flush that completed.</summary>
/// <param name="Index">How many flushes completed before it.</param>
/// <param name="BegunAt">The moment it was asked for: it vouches for what had completed.</param>
/// <param name="CompletedAt">The moment its caller was told that it is done.</param>
public readonly record struct PowerCutFlush(int Index, int BegunAt, int CompletedAt);

/// <summary>A recorded change.</summary>
/// <remarks>Moments count the starts and ends of changes and flushes since the recording began.</remarks>
public sealed class PowerCutChange
{
    internal const int Never = int.MaxValue;

    internal PowerCutChange(int index, StorageOperation operation, HostRange range, ReadOnlyMemory<byte> bytes, int startedAt)
    {
        Index = index;
        Operation = operation;
        Range = range;
        Bytes = bytes;
        StartedAt = startedAt;
    }

    /// <summary>How many changes were started before it.</summary>
    public int Index { get; }

    /// <summary>Its kind: write, zeroing, discard or new length.</summary>
    public StorageOperation Operation { get; }

    /// <summary>Where; of a new length the length as start.</summary>
    public HostRange Range { get; }

    /// <summary>The moment it was asked for.</summary>
    public int StartedAt { get; }

    /// <summary>The moment its caller was told that it is done; the largest number when never.</summary>
    public int CompletedAt { get; internal set; } = Never;

    /// <summary>The moment a flush vouched for it; the largest number when none did.</summary>
    public int DurableAt { get; internal set; } = Never;

    /// <summary>What was written; empty for other kinds.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The same change with nothing to vouch for it.</summary>
    internal PowerCutChange WithoutFlush() =>
        new(Index, Operation, Range, Bytes, StartedAt) { CompletedAt = CompletedAt };

    /// <summary>Whether the disk cannot hold this one overwritten by what <paramref name="later"/> replaced.</summary>
    internal bool Precedes(PowerCutChange later) => CompletedAt < later.StartedAt;

    /// <inheritdoc/>
    public override string ToString() => $"{Index}: {Operation} {Range}";
}
