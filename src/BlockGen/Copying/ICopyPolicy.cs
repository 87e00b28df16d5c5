namespace BlockGen;

/// <summary>What a copy does with a run of the guest's disk.</summary>
internal enum CopyAction
{
    /// <summary>Nothing: it is as it must be.</summary>
    Skip,

    /// <summary>The target must read as zeroes there.</summary>
    Zero,

    /// <summary>The bytes are read and stored.</summary>
    Copy,
}

/// <summary>A run of the guest's disk and what to do with it.</summary>
internal readonly record struct CopyRun(GuestRange Range, CopyAction Action)
{
    /// <summary>The beginning of the run.</summary>
    public CopyRun Take(ulong length) => this with { Range = Range.Take(length) };

    /// <summary>What follows the beginning.</summary>
    public CopyRun Skip(ulong length) =>
        this with { Range = new GuestRange(Range.Start + length, Range.Length - length) };
}

/// <summary>What makes a copy a stream, a commit, a conversion: where to look, and how one chunk is copied.</summary>
/// <remarks>
/// Called from many threads at once. Storage errors are <see cref="IOException"/> and <see cref="ImageException"/>.
/// </remarks>
internal interface ICopyPolicy
{
    /// <summary>Bytes of guest disk to go through.</summary>
    ulong Length { get; }

    /// <summary>Chunks begin and end on multiples of this, or at the disk's end; at least 1.</summary>
    ulong Granularity { get; }

    /// <summary>The first run of the range; never empty, as long as the tables allow.</summary>
    ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation);

    /// <summary>Takes a chunk for the copy alone, if nothing is at work there.</summary>
    bool TryClaim(GuestRange range, out RangeTicket claim);

    /// <summary>Takes a chunk for the copy alone, waiting its turn.</summary>
    ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation);

    /// <summary>Copies a claimed chunk by way of a buffer of its length. Returns the bytes stored.</summary>
    ValueTask<ulong> CopyAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation);

    /// <summary>Makes a claimed chunk of the target read as zeroes.</summary>
    ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation);
}
