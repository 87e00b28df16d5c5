namespace BlockGen;

public abstract partial class MappedImage
{
    /// <summary>Walks of the tables in one repair: each does as much as its lists hold.</summary>
    private const int MaxRepairRounds = 64;

    /// <inheritdoc/>
    private protected sealed override async ValueTask<RepairReport> RepairAloneAsync(
        RepairKind kind, CancellationToken cancellation)
    {
        CheckWritable();
        using RangeTicket ticket = await Tracker.EnterAsync(new GuestRange(0, Length), RangeAccess.Claim, cancellation)
            .ConfigureAwait(false);
        await FlushAsync(cancellation).ConfigureAwait(false);
        ForgetTables();
        try
        {
            return await RepairIdleAsync(kind, cancellation).ConfigureAwait(false);
        }
        finally
        {
            ForgetTables();
        }
    }

    /// <summary>Marks the image as not sound, durably, until it is trusted again.</summary>
    private protected virtual ValueTask DistrustAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Clears the mark of an image in which a check found no error.</summary>
    private protected virtual ValueTask TrustAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Writes the counts of the header as they are with the space that is taken now.</summary>
    private protected virtual ValueTask WriteCountsAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    private async ValueTask<RepairReport> RepairIdleAsync(RepairKind kind, CancellationToken cancellation)
    {
        CheckReport found = await CheckAsync(cancellation).ConfigureAwait(false);
        CheckReport left = found;
        if (!found.IsClean)
        {
            bool isSound = kind is RepairKind.All
                ? await RepairEntriesAsync(cancellation).ConfigureAwait(false)
                : (await CheckTablesAsync(cancellation).ConfigureAwait(false)).ErrorCount == 0;
            // Where an entry is wrong, what looks lost may be what it should have named.
            if (isSound && Counts is { } counts)
            {
                await RepairCountsAsync(counts, mayRebuild: kind is RepairKind.All, cancellation).ConfigureAwait(false);
            }
            else if (isSound && (kind is RepairKind.All || found.Leaks > 0))
            {
                await ReclaimAsync(cancellation).ConfigureAwait(false);
                await RepairCountsAsync(cancellation).ConfigureAwait(false);
            }

            left = await CheckAsync(cancellation).ConfigureAwait(false);
        }

        if (left.Errors == 0)
        {
            await TrustAsync(cancellation).ConfigureAwait(false);
        }

        return new RepairReport(found, left);
    }

    private async ValueTask RepairCountsAsync(CancellationToken cancellation)
    {
        ForgetSpace();
        await EnsureTailAsync(cancellation).ConfigureAwait(false);
        await WriteCountsAsync(cancellation).ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        ForgetSpace();
    }

    private void ForgetTables()
    {
        Tables.Clear();
        ForgetSpace();
    }
}

public abstract partial class MappedImage<THeader>
{
    /// <inheritdoc/>
    private protected sealed override async ValueTask DistrustAsync(CancellationToken cancellation)
    {
        _isDistrusted = true;
        if (HasDirtyMark(HeaderWithDirtyMark(true)))
        {
            await MarkDirtyAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected sealed override async ValueTask TrustAsync(CancellationToken cancellation)
    {
        if (IsDoubtful)
        {
            await ChangeHeaderAsync(() => HeaderWithDirtyMark(false), cancellation).ConfigureAwait(false);
            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        }

        Volatile.Write(ref _isMarkedDirty, false);
        _isDistrusted = false;
    }

    /// <inheritdoc/>
    private protected sealed override ValueTask WriteCountsAsync(CancellationToken cancellation) =>
        UpdateHeaderAsync(cancellation);
}
