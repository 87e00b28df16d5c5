namespace BlockGen;

/// <summary>How an image is converted.</summary>
public sealed record ConvertOptions
{
    /// <summary>Copies in flight at most.</summary>
    public int MaxCopies { get; init; } = 8;

    /// <summary>Bytes of one copy at most, unless one cluster of the target is more.</summary>
    public ulong MaxChunkBytes { get; init; } = 1 << 20;

    /// <summary>
    /// Runs of this many zero bytes within data, at multiples of it, are not written as data. 0: everything is written,
    /// and the target is fully allocated where its format allows.
    /// </summary>
    public ulong SparseBytes { get; init; } = 4096;

    /// <summary>
    /// The target reads as zeroes everywhere: it was just created. Otherwise zeroes are written to it.
    /// </summary>
    public bool TargetIsZero { get; init; }

    /// <summary>Writes clusters compressed, on all processors; the target's format must be able to.</summary>
    public bool Compresses { get; init; }

    /// <summary>
    /// Lets the storages copy by themselves where they can and where both images keep their data as it is. Zeroes
    /// within data are not looked for then.
    /// </summary>
    public bool OffloadCopies { get; init; }

    /// <summary>
    /// A layer of the source's chain that is behind the target too: what it shows is not copied. Null for none; with
    /// several sources there is none.
    /// </summary>
    public Image? SharedBacking { get; init; }

    /// <summary>
    /// Told of each sector of the target that could not be read from the source and is zeroes therefore. Without it the
    /// first such sector is an error. Called from many threads.
    /// </summary>
    public Action<GuestOffset, Exception>? Salvaged { get; init; }

    /// <summary>Bytes copied in a second at most; 0 for as many as there are.</summary>
    public ulong SpeedBytesPerSecond { get; init; }

    /// <summary>Told how far it has come; called from many threads, one after the other or at once.</summary>
    public Action<CopyProgress>? Progress { get; init; }
}
