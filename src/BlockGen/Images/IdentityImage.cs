namespace BlockGen;

/// <summary>An image whose guest bytes lie in the storage as they are, from one host offset on.</summary>
public abstract class IdentityImage : Image
{
    private ulong _hostStart;
    private ulong _length;

    /// <summary>An image over a storage.</summary>
    protected IdentityImage(IStorage storage, OpenOptions options)
        : base(storage, options)
    {
    }

    /// <inheritdoc/>
    public sealed override ulong Length => Volatile.Read(ref _length);

    /// <inheritdoc/>
    public sealed override ulong ClusterBytes => 0;

    /// <summary>Host offset of guest byte 0, in bytes.</summary>
    protected ulong HostStart => _hostStart;

    /// <summary>Sets where the disk lies.</summary>
    /// <exception cref="ImageException">It does not lie inside the storage.</exception>
    protected void SetPlace(HostOffset start, ulong length)
    {
        if (start.Value > Storage.Length || length > Storage.Length - start.Value)
        {
            throw new ImageException(
                $"{Storage.Name}: {length} bytes at offset {start.Value} are not inside the file of {Storage.Length} bytes");
        }

        _hostStart = start.Value;
        Volatile.Write(ref _length, length);
    }

    /// <summary>Makes a new image out of a storage.</summary>
    /// <exception cref="NotSupportedException">A backing link was asked for.</exception>
    protected static async ValueTask InitializeAsync(
        IStorage storage, ulong bytes, BackingLink? link, Preallocation preallocation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (link is not null)
        {
            throw new NotSupportedException($"{storage.Name}: the format has no backing files");
        }

        RejectMetadata(preallocation);
        await storage.SetLengthAsync(0, cancellation).ConfigureAwait(false);
        await storage.SetLengthAsync(bytes, cancellation).ConfigureAwait(false);
        if (preallocation is not Preallocation.Off)
        {
            HostRange everything = new(0, bytes);
            await storage.WriteZeroesAsync(everything, ZeroMode.KeepAllocated, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public sealed override ValueTask WriteZeroesAsync(GuestRange range, ZeroMode mode, CancellationToken cancellation)
    {
        CheckWritable();
        return DataStorage.WriteZeroesAsync(ToHost(CheckRange(range)), mode, cancellation);
    }

    /// <inheritdoc/>
    public sealed override ValueTask DiscardAsync(GuestRange range, CancellationToken cancellation)
    {
        CheckWritable();
        return DataStorage.DiscardAsync(ToHost(CheckRange(range)), cancellation);
    }

    /// <inheritdoc/>
    public sealed override ValueTask FlushAsync(CancellationToken cancellation) => DataStorage.FlushAsync(cancellation);

    /// <inheritdoc/>
    public sealed override async ValueTask<Extent> MapAsync(GuestRange range, CancellationToken cancellation)
    {
        HostRange host = ToHost(CheckRange(range));
        StorageExtent run = await DataStorage.MapAsync(host, cancellation).ConfigureAwait(false);
        MappingKind kind = run.IsHole ? MappingKind.Zero : MappingKind.Data;
        return new Extent(range.Take(run.Length), kind, host.Start);
    }

    /// <inheritdoc/>
    public sealed override ValueTask<Allocation> IsAllocatedAsync(GuestRange range, CancellationToken cancellation) =>
        ValueTask.FromResult(new Allocation(true, CheckRange(range).Length));

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">There are no tables that could be wrong.</exception>
    public sealed override ValueTask<CheckReport> CheckAsync(CancellationToken cancellation) =>
        throw new NotSupportedException("This image format does not support checks");

    /// <summary>Bytes that the storage must have for a disk of another size.</summary>
    protected virtual ulong StorageBytesFor(ulong bytes) => Storage.Length;

    /// <inheritdoc/>
    private protected sealed override async ValueTask ResizeToAsync(
        ulong length, Preallocation preallocation, CancellationToken cancellation)
    {
        RejectMetadata(preallocation);
        ulong before = Length;
        ulong storageBefore = Storage.Length;
        ulong storageBytes = StorageBytesFor(length);
        Volatile.Write(ref _length, Math.Min(before, length));
        try
        {
            await Storage.SetLengthAsync(storageBytes, cancellation).ConfigureAwait(false);
            if (preallocation is not Preallocation.Off)
            {
                HostRange gained = new(_hostStart + before, length - before);
                await Storage.WriteZeroesAsync(gained, ZeroMode.KeepAllocated, cancellation).ConfigureAwait(false);
            }

            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await Storage.SetLengthAsync(storageBefore, CancellationToken.None).ConfigureAwait(false);
            Volatile.Write(ref _length, before);
            throw;
        }

        Volatile.Write(ref _length, length);
    }

    private HostRange ToHost(GuestRange range) => new(_hostStart + range.Start.Value, range.Length);

    private static void RejectMetadata(Preallocation preallocation)
    {
        if (preallocation is Preallocation.Metadata)
        {
            throw new NotSupportedException("Unsupported preallocation mode: metadata");
        }
    }
}
