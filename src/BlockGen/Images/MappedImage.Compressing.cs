using System.Buffers;

namespace BlockGen;

public abstract partial class MappedImage
{
    private readonly SemaphoreSlim _packing = new(1, 1);
    private HostRange _packRoom; // what is left of the host cluster that compressed clusters share; guarded by _packing
    private ulong _packUses; // of that host cluster; guarded by _packing

    /// <summary>How clusters are compressed; null where they are not.</summary>
    protected virtual Compressor? Compress => null;

    /// <summary>Makes a compressed cluster visible in memory. The caller holds a claim.</summary>
    protected virtual ValueTask PublishCompressedAsync(
        GuestOffset offset, HostRange stored, CancellationToken cancellation) =>
        throw new NotSupportedException($"{Storage.Name}: clusters cannot be written compressed");

    /// <inheritdoc/>
    public sealed override async ValueTask WriteCompressedAsync(
        GuestOffset offset, ReadOnlyMemory<byte> cluster, CancellationToken cancellation)
    {
        GuestRange range = CheckRange(offset, cluster.Length);
        bool isWhole = offset.Value % ClusterBytes == 0 && (range.Length == ClusterBytes || range.End == Length);
        if (Compress is not { } compress || !isWhole || range.Length > ClusterBytes)
        {
            throw new NotSupportedException(
                $"{Storage.Name}: guest range {range} cannot be compressed: clusters of {ClusterBytes} bytes can, "
                + "where the format compresses");
        }

        CheckWritable();
        byte[] stored = ArrayPool<byte>.Shared.Rent((int)ClusterBytes);
        try
        {
            int length = CompressPadded(compress, cluster.Span, stored.AsSpan(0, (int)ClusterBytes - 1));
            if (length == 0)
            {
                await WriteAsync(offset, cluster, cancellation).ConfigureAwait(false);
                return;
            }

            await StoreCompressedAsync(range, stored.AsMemory(0, length), cancellation).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    /// <summary>The disk's last cluster may be cut off: what is missing is zero.</summary>
    private int CompressPadded(Compressor compress, ReadOnlySpan<byte> cluster, Span<byte> target)
    {
        if (cluster.Length == (int)ClusterBytes)
        {
            return compress(cluster, target);
        }

        byte[] padded = new byte[ClusterBytes];
        cluster.CopyTo(padded);
        return compress(padded, target);
    }

    private async ValueTask StoreCompressedAsync(
        GuestRange range, ReadOnlyMemory<byte> stored, CancellationToken cancellation)
    {
        using RangeTicket ticket = await ClaimAsync(range, cancellation).ConfigureAwait(false);
        await EnsureTailAsync(cancellation).ConfigureAwait(false);
        HostRange place = await PackAsync((ulong)stored.Length, cancellation).ConfigureAwait(false);
        try
        {
            await Storage.WriteAsync(place.Start, stored, cancellation).ConfigureAwait(false);
            await PublishCompressedAsync(range.Start, place, cancellation).ConfigureAwait(false);
        }
        catch
        {
            GiveBackSpace(place);
            throw;
        }

        await WriteBackIfNeededAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes space for compressed bytes: behind the last ones, also across a cluster's end when the next one is free.
    /// </summary>
    private async ValueTask<HostRange> PackAsync(ulong bytes, CancellationToken cancellation)
    {
        // Two requests at once must not have to read and write the same unit of the storage.
        ulong unit = Math.Max(1, Storage.Alignment);
        ulong taken = (bytes + unit - 1) / unit * unit;
        await _packing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            bool isShared = _packRoom.Length > 0 && _packUses < Counts!.MostUses;
            HostOffset start = _packRoom.Start;
            HostRange room = _packRoom;
            if (!isShared || taken > room.Length)
            {
                HostOffset next = TakeSpace(ClusterBytes);

                // Before another one may store at its end.
                await GrowToAsync(next, ClusterBytes, cancellation).ConfigureAwait(false);
                isShared &= next.Value == room.End;
                start = isShared ? start : next;
                room = new HostRange(start, next.Value + ClusterBytes - start.Value);
                _packUses = 0;
            }

            if (isShared)
            {
                Counts!.TakeAgain(start.Value);
            }

            _packUses++;
            _packRoom = new HostRange(start + taken, room.Length - taken);
            return new HostRange(start, bytes);
        }
        finally
        {
            _packing.Release();
        }
    }
}
