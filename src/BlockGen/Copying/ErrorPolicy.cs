namespace BlockGen;

/// <summary>What a copy job does when its storage fails.</summary>
public enum ErrorPolicy
{
    /// <summary>The job ends with the error.</summary>
    Report,

    /// <summary>
    /// The job passes over the place and goes on; it still ends with the first such error once it is through, and
    /// leaves the backing link alone.
    /// </summary>
    Ignore,

    /// <summary>
    /// The job pauses with <see cref="CopyJob.Error"/> set; after <see cref="CopyJob.Resume"/> it tries again.
    /// </summary>
    Stop,

    /// <summary><see cref="Stop"/> when the device is full, <see cref="Report"/> otherwise.</summary>
    Enospc,
}

/// <summary>Tells errors of the storage, which a policy decides about, from errors of the program.</summary>
internal static class StorageFault
{
    public static bool Is(Exception exception) =>
        exception is IOException or ImageException or UnauthorizedAccessException;

    /// <summary>What the policy means for this error: report, ignore or stop.</summary>
    public static ErrorPolicy Decide(ErrorPolicy policy, Exception exception) => policy switch
    {
        _ when !Is(exception) => ErrorPolicy.Report,
        ErrorPolicy.Enospc => exception is IOException error && StorageErrors.IsNoSpace(error)
            ? ErrorPolicy.Stop
            : ErrorPolicy.Report,
        _ => policy,
    };
}
