namespace BlockGen;

public abstract partial class Image
{
    private CompressedReader? _compressed; // made by the first compressed read; Interlocked

    private CompressedReader Compressed => _compressed ?? MakeCompressedReader();

    /// <summary>Forgets decompressed clusters: what they were may be something else now.</summary>
    private protected void ForgetCompressed() => Volatile.Read(ref _compressed)?.Forget();

    /// <summary>The first extent of a range, as far as can be told in one step.</summary>
    private protected virtual ValueTask<Extent> MapFirstAsync(GuestRange range, CancellationToken cancellation) =>
        MapAsync(range, cancellation);

    /// <summary>
    /// Reads a range that is not one run of data: split by extent, from this layer, the backing image, or as zeroes.
    /// </summary>
    protected async ValueTask ReadSplitAsync(GuestRange range, GuestReadBuffer target, CancellationToken cancellation)
    {
        // Held before the first lookup: a stream that ends meanwhile must not take away what the lookup points to.
        using BackingLease backing = RentBacking();
        int done = 0;
        while (done < target.Length)
        {
            GuestRange rest = new(range.Start.Value + (ulong)done, (ulong)(target.Length - done));
            Extent extent = await MapFirstAsync(rest, cancellation).ConfigureAwait(false);
            int length = (int)extent.Length;
            GuestReadBuffer part = target.Slice(done, length);
            switch (extent.Kind)
            {
                case MappingKind.Data:
                    await DataStorage.ReadAsync(extent.Host, part, cancellation).ConfigureAwait(false);
                    break;
                case MappingKind.Unallocated when backing.Image is not null:
                    await ReadThroughAsync(backing.Image, extent.Range, part, cancellation).ConfigureAwait(false);
                    break;
                case MappingKind.Compressed when extent.Unit is { } unit:
                    await Compressed.ReadAsync(unit, extent.Range, part, cancellation).ConfigureAwait(false);
                    break;
                case MappingKind.Compressed:
                    throw new NotSupportedException($"{Storage.Name}: compressed clusters cannot be read");
                default:
                    part.Clear();
                    break;
            }

            done += length;
        }
    }

    private CompressedReader MakeCompressedReader()
    {
        Interlocked.CompareExchange(ref _compressed, new CompressedReader(Storage, Bounce), null);
        return _compressed;
    }
}
