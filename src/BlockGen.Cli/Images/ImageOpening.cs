namespace BlockGen.Cli;

/// <summary>How a command opens an image.</summary>
internal sealed record ImageOpening
{
    /// <summary>The format's name; probed when null.</summary>
    public string? Format { get; init; }

    public bool IsWritable { get; init; }

    /// <summary>What is written is kept in a temporary overlay, which is gone when the image is closed.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>The name is a list of options: <c>--image-opts</c>.</summary>
    public bool IsOptionList { get; init; }

    /// <summary>Secrets and throttle groups that nodes may name.</summary>
    public UserObjects Objects { get; init; } = UserObjects.None;

    /// <summary>Only what the image says about itself is wanted: no key is needed.</summary>
    public bool IsForMetadata { get; init; }

    /// <summary>The node's options ask for a read-only file, whatever the command wants.</summary>
    public bool IsForcedReadOnly { get; init; }

    /// <summary>How requests reach the kernel; all ways are served the same. Null when not given.</summary>
    public string? Aio { get; init; }

    /// <summary>Also opens images that others are writing to: <c>-U</c>.</summary>
    public bool IgnoresLocks { get; init; }

    /// <summary>Opens an image that was not closed cleanly for writing, whatever is wrong with it.</summary>
    public bool IgnoresDirtyMark { get; init; }

    /// <summary>The snapshot inside the image that is shown instead of the disk.</summary>
    public SnapshotName? Snapshot { get; init; }

    public bool OpensBacking { get; init; } = true;

    /// <summary>The backing file that is opened for writing, by its resolved name; none when null.</summary>
    public string? WritableBacking { get; init; }

    public bool CopiesOnRead { get; init; }

    public CacheMode Cache { get; init; } = CacheMode.Writeback;

    /// <summary>Values for the driver's open options.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Put in front of the storage of every backing file: a slow or failing device.</summary>
    public Func<IStorage, IStorage>? Simulate { get; init; }
}
