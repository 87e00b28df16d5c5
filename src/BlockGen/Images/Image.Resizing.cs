namespace BlockGen;

/// <summary>How much of a disk's new space is reserved when it grows.</summary>
public enum Preallocation
{
    /// <summary>None: space is taken as it is written.</summary>
    Off,

    /// <summary>The tables' entries.</summary>
    Metadata,

    /// <summary>All of it, without writing it.</summary>
    Falloc,

    /// <summary>All of it.</summary>
    Full,
}

public abstract partial class Image
{
    private bool _isResizing; // guarded by _jobLock

    /// <summary>
    /// Gives the guest's disk another size, durably. What it gains reads as zeroes, whatever the file or the backing
    /// image holds there, or as anything where <see cref="IsZeroWhenNew"/> is false; what it loses is lost. A crash leaves the old size or the new one.
    /// </summary>
    /// <remarks>
    /// Other requests go on meanwhile: they see the old size until the new one is durable. A disk that shrinks must have
    /// no request past its new end.
    /// </remarks>
    /// <param name="length">Bytes of the disk; at most 2^63 - 1.</param>
    /// <param name="preallocation">How much of the gained space is reserved.</param>
    /// <param name="cancellation">Ends it; the disk has its old size then.</param>
    /// <exception cref="NotSupportedException">
    /// The format cannot be resized, cannot shrink, or knows no such preallocation.
    /// </exception>
    /// <exception cref="ImageException">
    /// The format has no room for that size, or a copy job or another resizing is at work on the image.
    /// </exception>
    /// <exception cref="IOException">The image is read-only, or its storage failed.</exception>
    public async ValueTask ResizeAsync(ulong length, Preallocation preallocation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, (ulong)long.MaxValue);
        CheckWritable();
        if (!Driver.CanResize)
        {
            throw new NotSupportedException("Image format driver does not support resize");
        }

        BeginResizing();
        try
        {
            await ResizeAloneAsync(length, preallocation, cancellation).ConfigureAwait(false);
        }
        finally
        {
            EndResizing();
        }
    }

    /// <summary>Carries the resizing out. The caller holds a claim from the lower to the higher end.</summary>
    private protected virtual ValueTask ResizeToAsync(
        ulong length, Preallocation preallocation, CancellationToken cancellation) =>
        throw new NotSupportedException("Image format driver does not support resize");

    private async ValueTask ResizeAloneAsync(
        ulong length, Preallocation preallocation, CancellationToken cancellation)
    {
        ulong before = Length;
        if (preallocation is not Preallocation.Off && length <= before)
        {
            throw new NotSupportedException("Preallocation can only be used for growing images");
        }

        if (length == before)
        {
            return;
        }

        GuestRange changing = new(Math.Min(before, length), Math.Max(before, length) - Math.Min(before, length));
        using RangeTicket claim = await Tracker
            .EnterAsync(changing.AlignOutward(Math.Max(ClusterBytes, 1)), RangeAccess.Claim, cancellation)
            .ConfigureAwait(false);
        await ResizeToAsync(length, preallocation, cancellation).ConfigureAwait(false);
    }

    private void BeginResizing()
    {
        lock (_jobLock)
        {
            RequireNoJob();
            _isResizing = true;
        }
    }

    private void EndResizing()
    {
        lock (_jobLock)
        {
            _isResizing = false;
        }
    }
}
