namespace BlockGen;

public abstract partial class MappedImage
{
    private readonly SemaphoreSlim _writeBack = new(1, 1);

    /// <inheritdoc/>
    public sealed override ValueTask FlushAsync(CancellationToken cancellation) =>
        Tables.IsDirtyOrWriting || NeedsHeader ? FlushTablesAsync(cancellation) : Storage.FlushAsync(cancellation);

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
            using TableWriteBack tables = Tables.BeginWriteBack();
            if (!tables.HasLeaves && !tables.HasRoots && !NeedsHeader)
            {
                return;
            }

            await WriteBackAsync(tables, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writeBack.Release();
        }
    }
}
