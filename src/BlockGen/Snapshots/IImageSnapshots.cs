namespace BlockGen;

/// <summary>The snapshots that an image keeps inside itself.</summary>
/// <remarks>
/// Thread-safe. Guests' writes wait while one is made, applied or deleted; reads go on. After a crash the image is as it
/// was before or after, and at worst some space is lost until a repair.
/// </remarks>
public interface IImageSnapshots
{
    /// <summary>The snapshots, oldest first.</summary>
    /// <exception cref="ImageException">Their list in the file is broken.</exception>
    ValueTask<IReadOnlyList<ImageSnapshot>> ListAsync(CancellationToken cancellation);

    /// <summary>Keeps the disk as it is now, durably.</summary>
    /// <param name="name">What the snapshot is called; several may be called the same.</param>
    /// <param name="cancellation">Cancels the waiting for guests' writes.</param>
    /// <returns>The new snapshot.</returns>
    /// <exception cref="ImageException">The format has no room for one more.</exception>
    /// <exception cref="IOException">The image is read-only, or the storage failed.</exception>
    ValueTask<ImageSnapshot> CreateAsync(string name, CancellationToken cancellation);

    /// <summary>
    /// Makes the disk what it was, with the length that it had; what was written since is lost. The snapshot stays. A disk
    /// that becomes shorter must have no request past its new end.
    /// </summary>
    /// <param name="id">The snapshot's number.</param>
    /// <param name="cancellation">Cancels the waiting for guests' writes.</param>
    /// <exception cref="SnapshotException">There is no such snapshot.</exception>
    /// <exception cref="ImageException">The format has no room.</exception>
    /// <exception cref="IOException">The image is read-only, or the storage failed.</exception>
    ValueTask ApplyAsync(string id, CancellationToken cancellation);

    /// <summary>Forgets a snapshot; space that it alone needed is free.</summary>
    /// <param name="id">The snapshot's number.</param>
    /// <param name="cancellation">Cancels the waiting for guests' writes.</param>
    /// <exception cref="SnapshotException">There is no such snapshot.</exception>
    /// <exception cref="IOException">The image is read-only, or the storage failed.</exception>
    ValueTask DeleteAsync(string id, CancellationToken cancellation);
}
