namespace BlockGen;

public sealed partial class FileStorage
{
    private readonly bool _isInMemory;
    private volatile bool _canReadInline = OperatingSystem.IsLinux();

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
        int cached = _canReadInline && length <= InlineLimit ? ReadInline(offset.Value, target.Slice(0, length)) : 0;
        return cached == length
            ? default
            : ReadUncachedAsync(offset.Value + (ulong)cached, target.Slice(cached, length - cached), cancellation);
    }

    private int ReadInline(ulong offset, GuestReadBuffer target)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            int count = LinuxFile.ReadInline(_file, offset, target.DangerousGetMemory().Span, _isInMemory);
            if (count < 0 && LinuxFile.IsUnsupported(-count))
            {
                _canReadInline = false;
            }

            // Whatever else went wrong, the uncached read meets it again and reports it.
            return Math.Max(count, 0);
        }
        catch (EntryPointNotFoundException)
        {
            _canReadInline = false; // an old C library
            return 0;
        }
    }

    private async ValueTask ReadUncachedAsync(ulong offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        int count = await ReadOnWorkerAsync(offset, target.DangerousGetMemory(), cancellation).ConfigureAwait(false);
        target.Slice(count).Clear();
    }

    /// <summary>Reads up to the end of the file; returns how many bytes there were.</summary>
    private Task<int> ReadOnWorkerAsync(ulong offset, Memory<byte> target, CancellationToken cancellation) =>
        _workers.RunAsync(() =>
        {
            cancellation.ThrowIfCancellationRequested();
            return ReadToEnd(offset, target.Span);
        });

    private int ReadToEnd(ulong offset, Span<byte> target)
    {
        int done = 0;
        try
        {
            // A direct read of a count that is not aligned met the file's end; reading on from there would be refused.
            while (done < target.Length && IsAligned((ulong)done))
            {
                int count = RandomAccess.Read(_file, target[done..], (long)offset + done);
                if (count == 0)
                {
                    break;
                }

                done += count;
            }

            return done;
        }
        catch (Exception error) when (StorageErrors.IsSystemError(error))
        {
            throw StorageErrors.Wrap(error, Name, "read", offset, (ulong)target.Length);
        }
    }
}
