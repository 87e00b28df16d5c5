using System.Text;

namespace BlockGen;

/// <summary>A mapped image with a declared header at offset 0.</summary>
/// <typeparam name="THeader">The header.</typeparam>
public abstract partial class MappedImage<THeader> : MappedImage
    where THeader : struct, IDiskStruct<THeader>
{
    private readonly SemaphoreSlim _headerChange = new(1, 1);
    private readonly byte[] _headerBytes = new byte[THeader.Size]; // guarded by _headerChange
    private HeaderBox _header;
    private BackingLink? _backingLink;
    private bool _isMarkedDirty; // by this run; guarded by _headerChange
    private bool _isDistrusted; // was dirty and has not been checked, or is being repaired; set while nothing else runs

    /// <summary>An image whose header has been read and validated.</summary>
    protected MappedImage(IStorage storage, OpenOptions options, THeader header)
        : base(storage, options)
    {
        _header = new HeaderBox(header);
    }

    /// <summary>The header as it is on disk.</summary>
    protected THeader Header => Volatile.Read(ref _header).Value;

    /// <inheritdoc/>
    public sealed override BackingLink? BackingLink => _backingLink;

    /// <inheritdoc/>
    public sealed override bool IsDirty => HasDirtyMark(Header);

    /// <summary>Where the backing file's name is; empty without one.</summary>
    protected virtual HostRange BackingNameRange => default;

    /// <summary>The backing file's format, where the header tells.</summary>
    protected virtual string? BackingFormatName => null;

    /// <summary>Where a backing file's name may be; empty when the format has none.</summary>
    protected virtual HostRange BackingNameRoom => default;

    /// <summary>Where a new backing file's name may be put.</summary>
    protected virtual HostRange NewBackingNameRoom => BackingNameRoom;

    /// <summary>Bytes of a header that the image has room for; what follows them is not the header's.</summary>
    protected virtual int StoredHeaderBytes(THeader header) => THeader.Size;

    /// <summary>What follows the header with another backing link, written together with it; nothing by default.</summary>
    protected virtual ReadOnlyMemory<byte> BytesAfterHeader(BackingLink? link) => default;

    /// <summary>Whether the header counts clusters.</summary>
    protected virtual bool CountsClusters => false;

    /// <summary>The header for so many clusters with host space.</summary>
    protected virtual THeader HeaderFor(ulong mappedClusterCount) => Header;

    /// <summary>The header as it must be once the tables in memory are on disk.</summary>
    private THeader UpdatedHeader => CountsClusters && IsTailFound ? HeaderFor(TakenClusterCount) : Header;

    /// <summary>The header with another backing link.</summary>
    protected virtual THeader HeaderWithBacking(BackingLink? link, HostRange name) => Header;

    /// <summary>The header with its dirty mark set or cleared.</summary>
    protected virtual THeader HeaderWithDirtyMark(bool isDirty) => Header;

    /// <summary>Whether a header says that the image was not closed cleanly.</summary>
    protected virtual bool HasDirtyMark(THeader header) => false;

    /// <summary>
    /// Whether the header says that the image may be wrong; <see cref="HeaderWithDirtyMark"/> takes that back when a
    /// repair leaves no error.
    /// </summary>
    protected virtual bool IsDoubtful => IsDirty;

    /// <summary>Why the image can only be read; null when it can be written.</summary>
    protected virtual string? ObstacleToWriting => null;

    /// <inheritdoc/>
    private protected sealed override bool NeedsHeader => CountsClusters && !Header.Equals(UpdatedHeader);

    /// <summary>
    /// Ends the opening: the backing link is read, unknown bits are cleared, a dirty image is checked.
    /// </summary>
    protected async ValueTask FinishOpeningAsync(CancellationToken cancellation)
    {
        await Storage.ReadAsync(new HostOffset(0), _headerBytes, cancellation).ConfigureAwait(false);
        _backingLink = await BackingNames
            .ReadAsync(Storage, BackingNameRange, BackingNameRoom, BackingFormatName, cancellation).ConfigureAwait(false);
        if (IsReadOnly)
        {
            return;
        }

        if (ObstacleToWriting is { } obstacle)
        {
            throw new ImageException($"{Storage.Name}: {obstacle}: it can only be opened read-only");
        }

        if (!Header.WithoutUnknownBits().Equals(Header))
        {
            await ChangeHeaderAsync(() => Header.WithoutUnknownBits(), cancellation).ConfigureAwait(false);
        }

        if (IsDirty && !Options.IgnoreDirtyMark)
        {
            await TrustAfterCheckAsync(cancellation).ConfigureAwait(false);
        }

        _isDistrusted = IsDoubtful;
    }

    /// <summary>Sets the dirty mark, durably, before the first change of this run.</summary>
    protected async ValueTask MarkDirtyAsync(CancellationToken cancellation)
    {
        if (!Volatile.Read(ref _isMarkedDirty))
        {
            await ChangeHeaderAsync(() => HeaderWithDirtyMark(true), cancellation).ConfigureAwait(false);
            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
            Volatile.Write(ref _isMarkedDirty, true);
        }
    }

    /// <summary>Writes the header as the tables in memory need it.</summary>
    protected ValueTask UpdateHeaderAsync(CancellationToken cancellation) =>
        NeedsHeader ? ChangeHeaderAsync(() => UpdatedHeader, cancellation) : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public sealed override async ValueTask RewriteBackingLinkAsync(BackingLink? link, CancellationToken cancellation)
    {
        CheckWritable();
        if (BackingNameRoom.Length == 0)
        {
            await base.RewriteBackingLinkAsync(link, cancellation).ConfigureAwait(false);
        }

        HostRange place = default;
        if (link is not null)
        {
            byte[] name = Encoding.UTF8.GetBytes(link.Name);
            place = PlaceFor((ulong)name.Length, link.Name);
            await Storage.WriteAsync(place.Start, name, cancellation).ConfigureAwait(false);
            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        }

        await ChangeHeaderAsync(() => HeaderWithBacking(link, place), BytesAfterHeader(link), cancellation)
            .ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        _backingLink = link;
    }

    /// <inheritdoc/>
    private protected sealed override async ValueTask CloseAsync()
    {
        await base.CloseAsync().ConfigureAwait(false);
        if (_isMarkedDirty && !_isDistrusted)
        {
            await ChangeHeaderAsync(() => HeaderWithDirtyMark(false), CancellationToken.None).ConfigureAwait(false);
            await Storage.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Writes another header over the one on disk; bytes between its fields stay. It is made from the current one, so that
    /// of two changes at once neither is lost.
    /// </summary>
    /// <param name="change">Makes the header.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    protected ValueTask ChangeHeaderAsync(Func<THeader> change, CancellationToken cancellation) =>
        ChangeHeaderAsync(change, default, cancellation);

    private async ValueTask ChangeHeaderAsync(
        Func<THeader> change, ReadOnlyMemory<byte> following, CancellationToken cancellation)
    {
        await _headerChange.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            THeader header = change();
            if (header.Validate() is { } fault)
            {
                throw new ImageException($"{Storage.Name}: refusing to write a header whose {fault}");
            }

            int length = StoredHeaderBytes(header);
            byte[] bytes = new byte[Math.Max(THeader.Size, length + following.Length)];
            _headerBytes.CopyTo(bytes, 0);
            header.Write(bytes);
            bytes.AsSpan(0, length).CopyTo(_headerBytes);
            following.CopyTo(bytes.AsMemory(length));
            await Storage.WriteAsync(new HostOffset(0), bytes.AsMemory(0, length + following.Length), cancellation)
                .ConfigureAwait(false);
            Volatile.Write(ref _header, new HeaderBox(header));
        }
        finally
        {
            _headerChange.Release();
        }
    }

    private async ValueTask TrustAfterCheckAsync(CancellationToken cancellation)
    {
        if (Counts is { } counts)
        {
            await RepairCountsAsync(counts, mayRebuild: false, cancellation).ConfigureAwait(false);
        }

        CheckReport report = await CheckAsync(cancellation).ConfigureAwait(false);
        if (report.Errors > 0)
        {
            throw new ImageException(
                $"{Storage.Name}: was not closed cleanly and has {report.Errors} errors, the first: {report.Findings[0].Message}");
        }

        await ChangeHeaderAsync(() => HeaderWithDirtyMark(false), cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// A place for a name that leaves the current name alone, so that the header never points at half a name.
    /// </summary>
    private HostRange PlaceFor(ulong bytes, string name)
    {
        HostRange room = NewBackingNameRoom;
        HostRange current = BackingNameRange;
        if (bytes == 0 || bytes > room.Length || bytes > BackingNames.MaxBytes)
        {
            throw new ImageException($"{Storage.Name}: no room for the backing file name '{name}' of {bytes} bytes");
        }

        bool currentIsInTheWay = current.Length > 0
            && current.Start.Value < room.Start.Value + bytes && current.End > room.Start.Value;
        return currentIsInTheWay && current.End <= room.End && bytes <= room.End - current.End
            ? new HostRange(new HostOffset(current.End), bytes)
            : new HostRange(room.Start, bytes);
    }

    private sealed class HeaderBox(THeader value)
    {
        public THeader Value { get; } = value;
    }
}
