namespace BlockGen.Testing;

/// <summary>
/// Lets other threads run in the middle of requests, now and then, so that more interleavings are met.
/// </summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="inner">The storage behind it.</param>
/// <param name="seed">Another seed makes other interleavings.</param>
public sealed class JitterStorage(IStorage inner, int seed) : StorageFilter(inner)
{
    private int _state = seed;

    /// <inheritdoc/>
    public override async ValueTask ReadAsync(
        HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        await MaybeYieldAsync(cancellation).ConfigureAwait(false);
        await base.ReadAsync(offset, target, cancellation).ConfigureAwait(false);
        await MaybeYieldAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        await MaybeYieldAsync(cancellation).ConfigureAwait(false);
        await base.WriteAsync(offset, source, cancellation).ConfigureAwait(false);
        await MaybeYieldAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await MaybeYieldAsync(cancellation).ConfigureAwait(false);
        await base.FlushAsync(cancellation).ConfigureAwait(false);
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
