namespace BlockGen;

public sealed partial class FileStorage
{
    private volatile bool _canReadCached = OperatingSystem.IsLinux();

    /// <inheritdoc/>
    public ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellation);
        }

        int length = (int)_length.Clamp(offset.Value, (ulong)target.Length);
        if (length == 0)
        {
            target.Clear();
            return default;
        }

        if (IsDirect)
        {
            return ReadDirectAsync(offset.Value, target, cancellation);
        }

        target.Slice(length).Clear();
        int cached = _canReadCached && length <= InlineLimit ? ReadCached(offset.Value, target.Slice(0, length)) : 0;
        return cached == length
            ? default
            : ReadUncachedAsync(offset.Value + (ulong)cached, target.Slice(cached, length - cached), cancellation);
    }

    private int ReadCached(ulong offset, GuestReadBuffer target)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            int count = LinuxFile.ReadCached(_file, offset, target.DangerousGetMemory().Span);
            if (count < 0 && LinuxFile.IsUnsupported(-count))
            {
                _canReadCached = false;
            }

            // Whatever else went wrong, the uncached read meets it again and reports it.
            return Math.Max(count, 0);
        }
        catch (EntryPointNotFoundException)
        {
            _canReadCached = false; // an old C library
            return 0;
        }
    }

    private async ValueTask ReadUncachedAsync(ulong offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        int done = 0;
        try
        {
            while (done < target.Length)
            {
                Memory<byte> rest = target.DangerousGetMemory()[done..];
                int count = await RandomAccess.ReadAsync(_file, rest, (long)offset + done, cancellation).ConfigureAwait(false);
                if (count == 0)
                {
                    target.Slice(done).Clear();
                    return;
                }

                done += count;
            }
        }
        catch (Exception error) when (StorageErrors.IsSystemError(error))
        {
            throw StorageErrors.Wrap(error, Name, "read", offset, (ulong)target.Length);
        }
    }
}
