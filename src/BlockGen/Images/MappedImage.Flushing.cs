namespace BlockGen;

public abstract partial class MappedImage
{
    private readonly SemaphoreSlim _writeBack = new(1, 1);

    /// <inheritdoc/>
    public sealed override ValueTask FlushAsync(CancellationToken cancellation) =>
        Tables.IsDirtyOrWriting || NeedsHeader || Counts is { IsPending: true }
            ? FlushTablesAsync(cancellation)
            : Storage.FlushAsync(cancellation);

    /// <summary>Whether the header on disk lacks something that the next write-back carries.</summary>
    private protected virtual bool NeedsHeader => false;

    /// <summary>Writes the tables back when so many changes wait that the cache could not shrink any more.</summary>
    private protected ValueTask WriteBackIfNeededAsync(CancellationToken cancellation) =>
        Tables.ShouldWriteBack ? WriteTablesAsync(cancellation) : ValueTask.CompletedTask;

    /// <summary>Also waits for a write-back under way, which took changes that the flush answers for.</summary>
    private async ValueTask FlushTablesAsync(CancellationToken cancellation)
    {
        await WriteTablesAsync(cancellation).ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async ValueTask WriteTablesAsync(CancellationToken cancellation)
    {
        await _writeBack.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await WriteTablesAloneAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writeBack.Release();
        }
    }

    private async ValueTask WriteTablesAloneAsync(CancellationToken cancellation)
    {
        // Taken before the entries: no entry that is written names this space any more.
        IReadOnlyList<HostRange> givenBack = Counts?.BeginLowering() ?? [];
        try
        {
            await WriteEntriesAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            Counts?.CancelLowering(givenBack);
            throw;
        }

        if (givenBack.Count > 0)
        {
            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
            await Counts!.LowerAsync(givenBack, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteEntriesAsync(CancellationToken cancellation)
    {
        using TableWriteBack tables = Tables.BeginWriteBack();
        if (tables.HasLeaves || tables.HasRoots || NeedsHeader || Counts is { IsPending: true })
        {
            await WriteBackAsync(tables, cancellation).ConfigureAwait(false);
        }
    }
}
