namespace BlockGen.Drivers.Tests.Streaming;

/// <summary>
/// Lets other threads run in the middle of requests, now and then, so that more interleavings are met.
/// </summary>
internal sealed class JitterStorage(IStorage inner, int seed) : StorageFilter(inner)
{
    private int _state = seed;

    public override async ValueTask ReadAsync(
        HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        await MaybeYieldAsync(cancellation);
        await base.ReadAsync(offset, target, cancellation);
        await MaybeYieldAsync(cancellation);
    }

    public override async ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        await MaybeYieldAsync(cancellation);
        await base.WriteAsync(offset, source, cancellation);
        await MaybeYieldAsync(CancellationToken.None);
    }

    public override async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await MaybeYieldAsync(cancellation);
        await base.FlushAsync(cancellation);
    }

    private async ValueTask MaybeYieldAsync(CancellationToken cancellation)
    {
        uint drawn = (uint)Interlocked.Add(ref _state, 0x61C88647);
        drawn ^= drawn >> 15;
        for (uint yields = drawn % 4; yields > 0; yields--)
        {
            await Task.Yield();
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
