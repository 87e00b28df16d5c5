namespace BlockGen;

public sealed partial class LiveImage
{
    /// <summary>
    /// Exchanges the image behind it, once the requests in flight are done. The new one gets one more owner, the old one
    /// loses one. What was flushed through the old one stays as durable as it is.
    /// </summary>
    /// <exception cref="ImageException">The new one is shorter, so that guests would lose data.</exception>
    public async ValueTask ExchangeAsync(Image next, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(next);
        Image old;
        using (await PauseAsync(cancellation).ConfigureAwait(false))
        {
            await _current.FlushAsync(cancellation).ConfigureAwait(false);
            old = Exchange(next);
        }

        await old.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the requests in flight; others wait until what is returned is disposed.</summary>
    public async ValueTask<IDisposable> PauseAsync(CancellationToken cancellation) =>
        await _gate.EnterAsync(isExclusive: true, cancellation).ConfigureAwait(false);

    /// <summary>
    /// Takes another image in place of one that is closed already. Requests are paused by the caller.
    /// </summary>
    public void Replace(Image next)
    {
        ArgumentNullException.ThrowIfNull(next);
        next.AddOwner();
        Volatile.Write(ref _current, next);
    }

    /// <summary>
    /// Exchanges the image while requests are paused. The caller disposes the old one, which is returned.
    /// </summary>
    internal Image Exchange(Image next)
    {
        if (next.Length < _current.Length)
        {
            throw new ImageException(
                $"{next.Storage.Name}: its disk of {next.Length} bytes cannot stand for one of {_current.Length} bytes");
        }

        Image old = _current;
        next.AddOwner();
        Volatile.Write(ref _current, next);
        return old;
    }

    /// <summary>Lets a copy follow what guests change, from a moment on at which nothing is in flight.</summary>
    /// <exception cref="ImageException">Another copy does so already.</exception>
    internal async ValueTask ObserveAsync(IGuestWriteObserver observer, CancellationToken cancellation)
    {
        using (await PauseAsync(cancellation).ConfigureAwait(false))
        {
            Observe(observer);
        }
    }

    /// <summary>As the above, while requests are paused.</summary>
    internal void Observe(IGuestWriteObserver observer)
    {
        if (Interlocked.CompareExchange(ref _observer, observer, null) is not null)
        {
            throw new ImageException($"{Storage.Name}: another copy follows the guests' writes already");
        }
    }

    /// <summary>Ends it; changes in flight are still told.</summary>
    internal void StopObserving(IGuestWriteObserver observer) =>
        Interlocked.CompareExchange(ref _observer, null, observer);
}
