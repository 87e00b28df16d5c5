namespace BlockGen;

public sealed partial class LiveImage
{
    /// <summary>
    /// Makes another image like the one behind this, in the background, and keeps it so while guests write through this.
    /// Completed, the job lets guests use the other one. Whoever writes past this is not followed.
    /// </summary>
    /// <exception cref="IOException">The target is read-only.</exception>
    /// <exception cref="ImageException">A job is at work on the image already, or it is being resized.</exception>
    public MirrorJob StartMirror(MirrorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Current.Start(MirrorJob.Create(this, options));
    }

    /// <summary>
    /// Copies the image behind this as it is when this returns, in the background: what guests are about to change through this is
    /// copied first. Whoever writes past this is not waited for.
    /// </summary>
    /// <exception cref="IOException">The target is read-only.</exception>
    /// <exception cref="ImageException">
    /// A job is at work on the image already, it is being resized, or the target has another size.
    /// </exception>
    public async ValueTask<BackupJob> StartBackupAsync(BackupOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        BackupJob job = BackupJob.Create(this, options);
        await job.FixMomentAsync(cancellation).ConfigureAwait(false);
        try
        {
            return Current.Start(job);
        }
        catch
        {
            job.Forget();
            throw;
        }
    }
}
