namespace BlockGen.Drivers.Luks;

/// <summary>The guest's bytes of a disk that was opened without its key.</summary>
internal sealed class LockedStorage(IStorage inner) : StorageFilter(inner)
{
    public override ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation) =>
        ValueTask.FromException(Refusal());

    public override ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation) =>
        ValueTask.FromException(Refusal());

    public override ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation) =>
        ValueTask.FromException(Refusal());

    public override ValueTask DiscardAsync(HostRange range, CancellationToken cancellation) =>
        ValueTask.FromException(Refusal());

    public override ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) =>
        ValueTask.FromException<ulong>(Refusal());

    /// <summary>What a reader is told.</summary>
    /// <param name="diskName">The disk.</param>
    public static IOException Refusal(string diskName) => new($"{diskName}: the disk was opened without its key");

    private IOException Refusal() => Refusal(Name);
}
