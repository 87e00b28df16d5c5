namespace BlockGen;

public sealed partial class FileStorage
{
    /// <inheritdoc/>
    public ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellation);
        }

        if (RefusalOfChange("write", offset.Value, (ulong)source.Length) is { } refusal)
        {
            return ValueTask.FromException(refusal);
        }

        if (source.Length == 0)
        {
            return default;
        }

        if (IsDirect)
        {
            return WriteDirectAsync(offset.Value, source, cancellation);
        }

        return source.Length <= InlineLimit
            ? WriteInline(offset.Value, source)
            : WriteOnPoolAsync(offset.Value, source, cancellation);
    }

    private ValueTask WriteInline(ulong offset, GuestWriteBuffer source)
    {
        try
        {
            // The page cache takes it at the speed of memory: a change of threads would cost more.
            RandomAccess.Write(_file, source.DangerousGetMemory().Span, (long)offset);
        }
        catch (Exception error) when (StorageErrors.IsSystemError(error))
        {
            return ValueTask.FromException(StorageErrors.Wrap(error, Name, "write", offset, (ulong)source.Length));
        }

        _length.GrowTo(offset + (ulong)source.Length);
        return default;
    }

    private async ValueTask WriteOnPoolAsync(ulong offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        try
        {
            await RandomAccess.WriteAsync(_file, source.DangerousGetMemory(), (long)offset, cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (StorageErrors.IsSystemError(error))
        {
            throw StorageErrors.Wrap(error, Name, "write", offset, (ulong)source.Length);
        }

        _length.GrowTo(offset + (ulong)source.Length);
    }
}
