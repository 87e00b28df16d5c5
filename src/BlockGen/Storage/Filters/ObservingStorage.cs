namespace BlockGen;

/// <summary>A filter that does something before and after every request, whatever its kind.</summary>
/// <remarks>A request that completes at once costs no allocation.</remarks>
public abstract class ObservingStorage(IStorage inner) : StorageFilter(inner)
{
    private ulong _requestCount; // Interlocked

    /// <inheritdoc/>
    public override async ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        StorageRequest request = Next(StorageOperation.Read, new HostRange(offset, (ulong)target.Length));
        await BeforeAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            await Inner.ReadAsync(offset, target, cancellation).ConfigureAwait(false);
        }
        finally
        {
            After(request);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        StorageRequest request = Next(StorageOperation.Write, new HostRange(offset, (ulong)source.Length));
        await BeforeAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            await Inner.WriteAsync(offset, source, cancellation).ConfigureAwait(false);
        }
        finally
        {
            After(request);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation)
    {
        StorageRequest request = Next(StorageOperation.WriteZeroes, range);
        await BeforeAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            await Inner.WriteZeroesAsync(range, mode, cancellation).ConfigureAwait(false);
        }
        finally
        {
            After(request);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DiscardAsync(HostRange range, CancellationToken cancellation)
    {
        StorageRequest request = Next(StorageOperation.Discard, range);
        await BeforeAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            await Inner.DiscardAsync(range, cancellation).ConfigureAwait(false);
        }
        finally
        {
            After(request);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask FlushAsync(CancellationToken cancellation)
    {
        StorageRequest request = Next(StorageOperation.Flush, default);
        await BeforeAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            await Inner.FlushAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            After(request);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask SetLengthAsync(ulong length, CancellationToken cancellation)
    {
        StorageRequest request = Next(StorageOperation.SetLength, new HostRange(length, 0));
        await BeforeAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            await Inner.SetLengthAsync(length, cancellation).ConfigureAwait(false);
        }
        finally
        {
            After(request);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation)
    {
        StorageRequest request = Next(StorageOperation.Map, range);
        await BeforeAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            return await Inner.MapAsync(range, cancellation).ConfigureAwait(false);
        }
        finally
        {
            After(request);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation)
    {
        StorageRequest request = Next(StorageOperation.Copy, source);
        await BeforeAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            return await Inner.CopyToAsync(source, target, at, cancellation).ConfigureAwait(false);
        }
        finally
        {
            After(request);
        }
    }

    /// <summary>Runs before the request reaches the storage behind; what it throws, the caller gets instead.</summary>
    protected virtual ValueTask BeforeAsync(StorageRequest request, CancellationToken cancellation) => default;

    /// <summary>Runs when the storage behind is done, also when it failed.</summary>
    protected virtual void After(StorageRequest request)
    {
    }

    private StorageRequest Next(StorageOperation operation, HostRange range) =>
        new(operation, range, Interlocked.Increment(ref _requestCount) - 1);
}
