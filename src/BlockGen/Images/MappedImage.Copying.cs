namespace BlockGen;

public abstract partial class MappedImage
{
    /// <inheritdoc/>
    internal sealed override async ValueTask<ulong> StoreIfUnallocatedAsync(
        GuestRange range, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        CheckWritable();
        ulong stored = 0;
        for (ulong done = 0; done < range.Length;)
        {
            GuestRange rest = new(range.Start.Value + done, range.Length - done);
            Extent extent = await MapForChangeAsync(rest, cancellation).ConfigureAwait(false);
            if (!extent.IsAllocated)
            {
                await AllocateAsync(extent, data.Slice((int)done, (int)extent.Length), cancellation).ConfigureAwait(false);
                stored += extent.Length;
            }

            done += extent.Length;
        }

        await WriteBackIfNeededAsync(cancellation).ConfigureAwait(false);
        return stored;
    }

    /// <inheritdoc/>
    internal sealed override async ValueTask StoreZeroesIfUnallocatedAsync(
        GuestRange range, CancellationToken cancellation)
    {
        CheckWritable();
        for (ulong done = 0; done < range.Length;)
        {
            GuestRange rest = new(range.Start.Value + done, range.Length - done);
            Extent extent = await MapRunAsync(rest, cancellation).ConfigureAwait(false);
            if (!extent.IsAllocated)
            {
                await HideBackingAsync(extent.Range, discard: false, cancellation).ConfigureAwait(false);
            }

            done += extent.Length;
        }

        await WriteBackIfNeededAsync(cancellation).ConfigureAwait(false);
    }
}
