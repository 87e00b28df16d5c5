namespace BlockGen;

/// <summary>Delays requests so that a group of storages keeps to its limits.</summary>
/// <remarks>
/// Thread-safe. Flushes, maps and changes of length pass at once. Nothing is copied behind the limits' back: offloaded
/// copies are declined, so that the data passes as reads and writes.
/// </remarks>
/// <param name="inner">What is limited; disposed with this.</param>
/// <param name="group">The limits, shared with every storage of the group.</param>
public sealed class ThrottleStorage(IStorage inner, ThrottleGroup group) : ObservingStorage(inner)
{
    /// <summary>The limits it keeps to.</summary>
    public ThrottleGroup Group { get; } = group;

    /// <inheritdoc/>
    public override ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested
            ? ValueTask.FromCanceled<ulong>(cancellation)
            : ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    protected override ValueTask BeforeAsync(StorageRequest request, CancellationToken cancellation) =>
        request.Operation switch
        {
            StorageOperation.Read => Group.TakeAsync(isWrite: false, request.Range.Length, cancellation),
            StorageOperation.Write or StorageOperation.WriteZeroes or StorageOperation.Discard =>
                Group.TakeAsync(isWrite: true, request.Range.Length, cancellation),
            _ => default,
        };
}
