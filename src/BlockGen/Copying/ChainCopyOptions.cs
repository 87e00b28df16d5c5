namespace BlockGen;

/// <summary>What copies within a backing chain have in common.</summary>
public abstract record ChainCopyOptions
{
    private const ulong FirstChunkBytes = 512 << 10;

    /// <summary>Bytes copied in a second at most; 0 for as many as there are.</summary>
    public ulong SpeedBytesPerSecond { get; init; }

    /// <summary>What a storage error leads to.</summary>
    public ErrorPolicy OnError { get; init; }

    /// <summary>Copies in flight at most.</summary>
    public int MaxCopies { get; init; } = 16;

    /// <summary>
    /// Bytes of one copy at most, unless one cluster is more. The bounce memory of the image is a limit too.
    /// </summary>
    public ulong MaxChunkBytes { get; init; } = 4 << 20;

    /// <summary>
    /// Told of every error of a storage, and what <see cref="OnError"/> makes of it; of one at a time while the job rests
    /// or ends because of it. Called on threads of the job.
    /// </summary>
    public Action<Exception, ErrorPolicy>? Faulted { get; init; }

    /// <summary>
    /// Waited for once everything is copied, before what ends the job: the change of a backing link. What it throws ends
    /// the job.
    /// </summary>
    public Func<CancellationToken, Task>? BeforeFinish { get; init; }

    /// <summary>The clock of speed limit and adaptive size.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How hard a copy through an image's bounce memory works.</summary>
    internal CopyTuning Tune(Image image)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCopies);
        ArgumentOutOfRangeException.ThrowIfZero(MaxChunkBytes);

        // A quarter of the bounce memory is left to copy-on-read and to guest writes.
        ulong share = image.Bounce.CapacityBytes / 4 * 3 / (ulong)MaxCopies;
        ulong largest = Math.Max(Math.Min(share, MaxChunkBytes), 1);
        return new CopyTuning(MaxCopies, Math.Min(FirstChunkBytes, largest), largest, OnError);
    }
}
