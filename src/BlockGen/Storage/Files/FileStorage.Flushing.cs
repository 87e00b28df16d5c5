namespace BlockGen;

public sealed partial class FileStorage
{
    private volatile IOException? _flushFailure;

    /// <inheritdoc/>
    /// <remarks>
    /// Once a flush failed every later one fails: the system has dropped what it could not write, and a second attempt
    /// would report success for data that is lost.
    /// </remarks>
    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellation);
        }

        if (_ignoresFlush || IsReadOnly)
        {
            return default;
        }

        return new ValueTask(_workers.RunAsync(Flush));
    }

    private bool Flush()
    {
        if (_flushFailure is null)
        {
            try
            {
                Sync();
            }
            catch (Exception error) when (StorageErrors.IsSystemError(error))
            {
                IOException failure = StorageErrors.Wrap(error, Name, "flush");
                _flushFailure = failure;
                throw failure;
            }
        }

        // Also for a flush that ran beside the one that failed: the system reports a lost page once.
        if (_flushFailure is { } earlier)
        {
            throw new IOException($"{Name}: flush: an earlier flush failed, data is lost: {earlier.Message}", earlier)
            {
                HResult = earlier.HResult,
            };
        }

        return true;
    }

    private void Sync()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(_file);
            return;
        }

        int error = LinuxFile.SyncData(_file);
        if (error != 0)
        {
            throw StorageErrors.FromSystem(error, Name, "flush");
        }
    }
}
