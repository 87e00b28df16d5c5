namespace BlockGen;

public abstract partial class Image
{
    private bool _isRepairing; // guarded by _jobLock

    /// <summary>
    /// Checks the image, repairs what it finds and checks again. What guests read stays the same, except where an entry
    /// was wrong: entries that point nowhere good are emptied; the second user of a cluster gets a copy of its own.
    /// </summary>
    /// <remarks>
    /// Nothing else may use the image meanwhile. A repair that is cancelled, fails or loses power has done no harm, and
    /// the next one goes on from there; where the format has a dirty mark, it stays set until a check finds no error.
    /// </remarks>
    /// <exception cref="NotSupportedException">The format has no declared tables.</exception>
    /// <exception cref="ImageException">A copy job, a resizing or another repair is at work on the image.</exception>
    /// <exception cref="IOException">The image is open read-only, or the storage failed.</exception>
    public async ValueTask<RepairReport> RepairAsync(RepairKind kind, CancellationToken cancellation)
    {
        SetRepairing(true);
        try
        {
            return await RepairAloneAsync(kind, cancellation).ConfigureAwait(false);
        }
        finally
        {
            SetRepairing(false);
        }
    }

    /// <summary>Carries the repair out.</summary>
    private protected virtual ValueTask<RepairReport> RepairAloneAsync(
        RepairKind kind, CancellationToken cancellation) =>
        throw new NotSupportedException("This image format does not support checks");

    private void SetRepairing(bool isRepairing)
    {
        lock (_jobLock)
        {
            if (isRepairing)
            {
                RequireNoJob();
            }

            _isRepairing = isRepairing;
        }
    }
}
