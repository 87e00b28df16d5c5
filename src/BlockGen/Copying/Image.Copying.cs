namespace BlockGen;

public abstract partial class Image
{
    private readonly BackgroundStores _backgroundStores = new();
    private readonly object _jobLock = new();
    private CopyJob? _job; // guarded by _jobLock

    /// <summary>What became of the guest reads that copy-on-read wanted to keep.</summary>
    public CopyOnReadStatistics CopyOnReadStatistics => _backgroundStores.Statistics;

    /// <summary>The copy job that is at work on this image; null when there is none.</summary>
    public CopyJob? Job
    {
        get
        {
            lock (_jobLock)
            {
                return _job;
            }
        }
    }

    /// <summary>
    /// Copies what the backing images hold into this image, in the background and under any guest load, and then cuts
    /// the backing link or shortens it to <see cref="StreamOptions.Base"/>. What is allocated already is never
    /// touched, so a job that was cancelled, or cut off by a crash, is simply started again.
    /// </summary>
    /// <exception cref="IOException">The image is read-only.</exception>
    /// <exception cref="ImageException">
    /// A job is at work on the image already, the base is not in its chain, its backing image is not open, or the image
    /// is being resized.
    /// </exception>
    public StreamJob StartStream(StreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckWritable();
        StreamJob job = new(this, options);
        lock (_jobLock)
        {
            RequireNoJob();
            _job = job;
        }

        job.Start();
        return job;
    }

    /// <summary>The caller holds the lock.</summary>
    private void RequireNoJob()
    {
        if (_job is not null)
        {
            throw new ImageException($"{Storage.Name}: a copy job is at work on this image already");
        }

        if (_isResizing)
        {
            throw new ImageException($"{Storage.Name}: the image is being resized");
        }
    }

    internal void ForgetJob(CopyJob job)
    {
        lock (_jobLock)
        {
            if (_job == job)
            {
                _job = null;
            }
        }
    }

    /// <summary>
    /// Stores the clusters of the range that are unallocated now, and publishes them. The caller holds a claim on the
    /// range, which is made of whole clusters (the last one may be cut off by the end of the disk).
    /// </summary>
    /// <returns>Guest bytes stored.</returns>
    /// <exception cref="NotSupportedException">The format cannot have a backing image.</exception>
    internal virtual ValueTask<ulong> StoreIfUnallocatedAsync(
        GuestRange range, ReadOnlyMemory<byte> data, CancellationToken cancellation) =>
        throw CannotBeCopiedInto();

    /// <summary>
    /// Makes the clusters of the range that are unallocated now read as zeroes; otherwise as the above.
    /// </summary>
    /// <exception cref="NotSupportedException">The format cannot have a backing image.</exception>
    internal virtual ValueTask StoreZeroesIfUnallocatedAsync(GuestRange range, CancellationToken cancellation) =>
        throw CannotBeCopiedInto();

    /// <summary>Returns when everything that guest reads before the call were to keep is stored, or given up.</summary>
    public Task SettleCopyOnReadAsync(CancellationToken cancellation) =>
        _backgroundStores.WhenIdleAsync().WaitAsync(cancellation);

    /// <summary>
    /// Ends the job at work, if any, and waits for the stores of copy-on-read. None begins afterwards.
    /// </summary>
    internal async ValueTask DrainCopyOnReadAsync()
    {
        if (Job is { } job)
        {
            await job.CancelAsync().ConfigureAwait(false);
        }

        await _backgroundStores.DrainAsync().ConfigureAwait(false);
    }

    private NotSupportedException CannotBeCopiedInto() =>
        new($"{Storage.Name}: format '{Driver.Name}' has no unallocated clusters that a copy could fill");
}
