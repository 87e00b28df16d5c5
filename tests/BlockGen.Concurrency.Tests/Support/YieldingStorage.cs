namespace BlockGen.Concurrency.Tests.Support;

/// <summary>A storage before and after each of whose requests anybody else may come to work.</summary>
internal sealed class YieldingStorage(IStorage inner) : StorageFilter(inner)
{
    /// <summary>Bytes from which on requests complete at once.</summary>
    public ulong QuietFrom { get; init; } = ulong.MaxValue;

    public override ValueTask ReadAsync(
        HostOffset offset, GuestReadBuffer target, CancellationToken cancellation) =>
        BetweenOthersAsync(offset, () => Inner.ReadAsync(offset, target, cancellation));

    public override ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation) =>
        BetweenOthersAsync(offset, () => Inner.WriteAsync(offset, source, cancellation));

    public override ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation) =>
        BetweenOthersAsync(range.Start, () => Inner.WriteZeroesAsync(range, mode, cancellation));

    public override ValueTask DiscardAsync(HostRange range, CancellationToken cancellation) =>
        BetweenOthersAsync(range.Start, () => Inner.DiscardAsync(range, cancellation));

    public override ValueTask FlushAsync(CancellationToken cancellation) =>
        BetweenOthersAsync(new HostOffset(0), () => Inner.FlushAsync(cancellation));

    public override ValueTask SetLengthAsync(ulong length, CancellationToken cancellation) =>
        BetweenOthersAsync(new HostOffset(0), () => Inner.SetLengthAsync(length, cancellation));

    private async ValueTask BetweenOthersAsync(HostOffset offset, Func<ValueTask> request)
    {
        if (offset.Value >= QuietFrom)
        {
            await request().ConfigureAwait(false);
            return;
        }

        await Task.Yield();
        await request().ConfigureAwait(false);
        await Task.Yield();
    }
}
