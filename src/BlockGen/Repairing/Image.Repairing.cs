namespace BlockGen;

public abstract partial class Image
{
    /// <summary>
    /// Checks the image, repairs what it finds and checks again. What guests read stays the same, except where an entry
    /// was wrong: entries that point nowhere good are emptied; the second user of a cluster gets a copy of its own.
    /// </summary>
    /// <remarks>
    /// Nothing else may use the image meanwhile. A repair that is cancelled, fails or loses power has done no harm, and
    /// the next one goes on from there; where the format has a dirty mark, it stays set until a check finds no error.
    /// </remarks>
    /// <exception cref="NotSupportedException">The format has no declared tables.</exception>
    /// <exception cref="IOException">The image is open read-only, or the storage failed.</exception>
    public virtual ValueTask<RepairReport> RepairAsync(RepairKind kind, CancellationToken cancellation) =>
        throw new NotSupportedException("This image format does not support checks");
}
