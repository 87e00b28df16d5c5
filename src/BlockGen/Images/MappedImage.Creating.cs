namespace BlockGen;

public abstract partial class MappedImage<THeader>
{
    private const ulong PreallocationStep = 1 << 30;

    /// <summary>Writes the empty tables of a new image.</summary>
    protected abstract ValueTask CreateTablesAsync(CancellationToken cancellation);

    /// <summary>Makes a new image out of the storage: tables first, then the header that points at them.</summary>
    /// <param name="link">What to write as the backing link.</param>
    /// <param name="preallocation">How much of the disk's space is reserved now.</param>
    /// <param name="cancellation">Cancels; the storage then holds no valid image.</param>
    /// <exception cref="NotSupportedException">The format has no backing files; nothing was written.</exception>
    protected async ValueTask InitializeAsync(
        BackingLink? link, Preallocation preallocation, CancellationToken cancellation)
    {
        if (Header.Validate() is { } fault)
        {
            throw new ImageException($"{fault.Field} = {fault.Value} {fault.Problem}");
        }

        if (link is not null && BackingNameRoom.Length == 0)
        {
            throw BackingRefusal;
        }

        await Storage.SetLengthAsync(0, cancellation).ConfigureAwait(false);
        await Storage.SetLengthAsync(Geometry.DataStart, cancellation).ConfigureAwait(false);
        await CreateTablesAsync(cancellation).ConfigureAwait(false);
        await CreateCountsAsync(cancellation).ConfigureAwait(false);
        await ChangeHeaderAsync(() => Header, cancellation).ConfigureAwait(false);
        if (link is not null)
        {
            await RewriteBackingLinkAsync(link, cancellation).ConfigureAwait(false);
        }

        if (preallocation is not Preallocation.Off)
        {
            await PreallocateAsync(0, Length, preallocation, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Gives space to the clusters that start in a part of the disk; none of them may have any.</summary>
    private async ValueTask PreallocateAsync(
        ulong start, ulong end, Preallocation preallocation, CancellationToken cancellation)
    {
        await EnsureTailAsync(cancellation).ConfigureAwait(false);
        ulong step = Math.Max(PreallocationStep, ClusterBytes);
        ulong first = Geometry.ToClusters(start) << Geometry.ClusterShift;
        for (ulong at = first; at < end; at += step)
        {
            GuestRange clusters = new GuestRange(at, Math.Min(step, end - at)).AlignOutward(ClusterBytes);
            bool reserves = preallocation is Preallocation.Falloc or Preallocation.Full;
            await MapNewClustersAsync(clusters, reserves, cancellation).ConfigureAwait(false);
        }

        // The tables are in memory, and the image that creates is not the one that is opened next.
        await FlushAsync(cancellation).ConfigureAwait(false);
    }
}

public abstract partial class MappedImage
{
    /// <summary>Gives unallocated clusters space that reads as zeroes.</summary>
    private protected async ValueTask MapNewClustersAsync(
        GuestRange clusters, bool reserves, CancellationToken cancellation)
    {
        HostOffset host = TakeSpace(clusters.Length);
        await GrowToAsync(host, clusters.Length, cancellation).ConfigureAwait(false);
        if (reserves)
        {
            HostRange space = new(host, clusters.Length);
            await DataStorage.WriteZeroesAsync(space, ZeroMode.KeepAllocated, cancellation).ConfigureAwait(false);
        }

        await PublishAsync(clusters, MappingKind.Data, host, cancellation).ConfigureAwait(false);
        AddMappedClusters(clusters.Length >> Geometry.ClusterShift);
        await WriteBackIfNeededAsync(cancellation).ConfigureAwait(false);
    }
}
