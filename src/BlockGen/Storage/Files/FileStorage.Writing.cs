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
            : new ValueTask(WriteOnWorkerAsync(offset.Value, source.DangerousGetMemory(), cancellation));
    }

    private ValueTask WriteInline(ulong offset, GuestWriteBuffer source)
    {
        try
        {
            // The page cache takes it at the speed of memory: a change of threads would cost more.
            Write(offset, source.DangerousGetMemory().Span);
            return default;
        }
        catch (IOException error)
        {
            return ValueTask.FromException(error);
        }
    }

    private Task WriteOnWorkerAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken cancellation) =>
        _workers.RunAsync(() =>
        {
            cancellation.ThrowIfCancellationRequested();
            Write(offset, source.Span);
            return true;
        });

    private void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        try
        {
            RandomAccess.Write(_file, source, (long)offset);
        }
        catch (Exception error) when (StorageErrors.IsSystemError(error))
        {
            throw StorageErrors.Wrap(error, Name, "write", offset, (ulong)source.Length);
        }

        _length.GrowTo(offset + (ulong)source.Length);
    }
}
