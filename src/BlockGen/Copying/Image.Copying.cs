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
        return Start(new StreamJob(this, options));
    }

    /// <summary>
    /// Copies what this image and the layers down to a base hold into the base, in the background. The base grows to
    /// the image's length where it is shorter. The image keeps its data: its guest reads the same before, meanwhile and
    /// afterwards, and what it writes stays in the image. A job that ended early is simply started again.
    /// </summary>
    /// <remarks>
    /// The base must be open for writing: see <see cref="OpenOptions.WritableBacking"/>. Other images over the same base
    /// become worthless.
    /// </remarks>
    /// <exception cref="IOException">The base is read-only.</exception>
    /// <exception cref="ImageException">
    /// There is no backing image, the base is not in the chain, a job is at work on the image already, or it is being
    /// resized.
    /// </exception>
    public CommitJob StartCommit(CommitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Start(new CommitJob(this, CommitJob.FindBase(this, options), options));
    }

    /// <summary>
    /// Puts this image on another backing image, or on none: copies into it what would read differently there, in the
    /// background and under any guest load, and then rewrites the backing link. A job that ended early is simply
    /// started again.
    /// </summary>
    /// <exception cref="IOException">The image is read-only.</exception>
    /// <exception cref="NotSupportedException">The format has no backing files.</exception>
    /// <exception cref="ImageException">
    /// The present backing image is not open, a job is at work on the image already, or it is being resized.
    /// </exception>
    public RebaseJob StartRebase(RebaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckWritable();
        return Start(RebaseJob.Create(this, options));
    }

    internal TJob Start<TJob>(TJob job)
        where TJob : CopyJob
    {
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

        if (_isRepairing)
        {
            throw new ImageException($"{Storage.Name}: the image is being repaired");
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
