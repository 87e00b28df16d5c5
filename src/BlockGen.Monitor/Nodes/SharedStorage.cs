namespace BlockGen.Monitor;

/// <summary>A node's storage, lent to an image over it: disposing it leaves the node's storage open.</summary>
internal sealed class SharedStorage(IStorage storage) : StorageFilter(storage)
{
    public override ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) =>
        Inner.CopyToAsync(source, target is SharedStorage shared ? shared.Inner : target, at, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
