namespace BlockGen;

/// <summary>Where a job is, in QEMU's words.</summary>
public enum JobState
{
    /// <summary>It exists and has not begun.</summary>
    Created,

    /// <summary>It is at work.</summary>
    Running,

    /// <summary>It rests: asked to, or because of an error (then <see cref="CopyJob.Error"/> is set).</summary>
    Paused,

    /// <summary>It was cancelled or has failed, and is on its way out.</summary>
    Aborting,

    /// <summary>It is over: see <see cref="CopyJob.Completion"/>.</summary>
    Concluded,
}
