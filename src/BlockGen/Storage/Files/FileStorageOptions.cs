namespace BlockGen;

/// <summary>How a file is opened.</summary>
public sealed record FileStorageOptions
{
    /// <summary>Refuses every change, and opens files that may only be read. False when not given.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Bypasses the page cache (Linux: O_DIRECT). Requests need no alignment, but those that are not multiples of
    /// <see cref="IStorage.Alignment"/> cost a copy, and writes among them a read. False when not given.
    /// </summary>
    public bool Direct { get; init; }

    /// <summary>
    /// Excludes two writers, and a writer beside readers, also in other processes; on Linux with the byte locks of
    /// QEMU's tools. Without it the length seen at opening is taken as the length for good. True when not given.
    /// </summary>
    public bool Lock { get; init; } = true;

    /// <summary>Makes a flush do nothing: fast, and a power cut loses everything. False when not given.</summary>
    public bool IgnoreFlush { get; init; }

    /// <summary>What <see cref="FileStorage.Create"/> does with a file that exists.</summary>
    public FileCreation Creation { get; init; } = FileCreation.Replace;
}

/// <summary>What creating a file does with one that exists.</summary>
public enum FileCreation
{
    /// <summary>Empties it, once nobody else has it locked.</summary>
    Replace,

    /// <summary>Fails.</summary>
    New,
}
