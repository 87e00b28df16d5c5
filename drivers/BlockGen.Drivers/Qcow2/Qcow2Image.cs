using BlockGen.Drivers.Qcow;

namespace BlockGen.Drivers.Qcow2;

/// <summary>
/// QEMU copy-on-write 2 and 3: two levels of tables, counted clusters, compressed clusters; subclusters are read only.
/// </summary>
[ImageFormat("qcow2", Header = typeof(Qcow2Header), OpenOptions = typeof(Qcow2Key), TellsImageEnd = true)]
[Lookup<Qcow2L1Entry, Qcow2L2Entry>(
    Root = nameof(Qcow2Header.L1TableOffset),
    UnitBytes = nameof(Qcow2Header.SectorBytes),
    AlignedTo = nameof(Qcow2Header.ClusterBytes))]
[WriteOrder(Step.Data, Step.Counts, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]
public sealed partial class Qcow2Image
{
    private bool _isSnapshot; // what is shown is a snapshot; set while opening

    [GuestSize] private ulong GuestSize => Header.DiskSize;

    [ClusterSize] private ulong ClusterSize => Header.ClusterBytes;

    [TableBytes] private ulong TableBytes => Header.ClusterBytes;

    [RootTableBytes] private ulong L1TableBytes => Header.L1EntryCount * (ulong)Qcow2L1Entry.Size;

    [DataStart] private HostOffset DataStart => new(Header.ClusterBytes);

    [ZeroClusters] private bool HasZeroes => Header.Version > 2;

    [BackingName] private HostRange BackingName => Header.BackingNameOffset == 0
        ? default
        : new HostRange(Header.BackingNameOffset, Header.BackingNameSize);

    [BackingFormat] private string? BackingFormat => _backingFormat;

    [BackingNameSpace] private HostRange BackingNameSpace =>
        new(Header.ExtensionsOffset, ClusterSize - Header.ExtensionsOffset);

    [WriteObstacle] private string? WriteObstacle =>
        _isSnapshot ? "is shown as it was at a snapshot"
        : HasRecordingBitmaps && !Options.MetadataOnly
            ? "has persistent bitmaps that record, which would not be kept up"
        : Header.EncryptionMethod == LegacyAes.Method ? "is encrypted with the legacy format 'aes'"
        : Header.HasSubclusters ? "has subclusters, which would not be kept up"
        : Header.Features.HasFlag(Qcow2Features.Corrupt) && !Options.IgnoreDirtyMark ? "is marked as corrupt"
        : null;

    private bool IsZstandard =>
        Header.Features.HasFlag(Qcow2Features.CompressionType) && Header.CompressionType == 1;

    private Decompressor Decompress => IsZstandard ? Zstandard.Decompress : Decompressors.Deflate;

    [BackingLink] private Qcow2Header WithBacking(BackingLink? link, HostRange name) => Header with
    {
        BackingNameOffset = link is null ? 0 : name.Start.Value,
        BackingNameSize = (uint)name.Length,
        AutoclearFeatures = AutoclearFeatures,
    };

    [Resize] private Qcow2Header WithSize(ulong bytes)
    {
        if (_bitmaps.Count > 0)
        {
            throw new NotSupportedException(
                "Images with persistent bitmaps are not resized: the bitmaps would keep their length");
        }

        return Header with
        {
            DiskSize = bytes,
            L1EntryCount = Math.Max(Header.L1EntryCount, L1EntryCountFor(bytes, ClusterSize)),
        };
    }

    private static uint L1EntryCountFor(ulong bytes, ulong clusterBytes)
    {
        ulong tableGuestBytes = clusterBytes / (ulong)Qcow2L2Entry.Size * clusterBytes;
        return (uint)Math.Min((bytes + tableGuestBytes - 1) / tableGuestBytes, uint.MaxValue);
    }

    [Compressed] private CompressedUnit Compressed(ulong entryBits, GuestRange cluster)
    {
        HostRange stored = new Qcow2L2Entry(entryBits).Stored(Header.ClusterBits);

        // The last sector may be cut off where nothing follows it.
        ulong present = Math.Min(stored.Length, Storage.Length - Math.Min(Storage.Length, stored.Start.Value));
        return new CompressedUnit(cluster, stored with { Length = present }, Decompress);
    }

    [CompressedEntry] private ulong CompressedEntry(HostRange stored)
    {
        ulong sectors = (stored.End - 1) / Header.SectorBytes - stored.Start.Value / Header.SectorBytes;
        return Qcow2L2Entry.CompressedMark | sectors << Qcow2L2Entry.OffsetBits(Header.ClusterBits) | stored.Start.Value;
    }

    /// <inheritdoc/>
    protected override Compressor? Compress => Header.EncryptionMethod != 0 ? null
        : IsZstandard ? Zstandard.Compress
        : Compressors.NearDeflate;

    [ReferenceCounts] private ReferenceCounts MakeCounts() => new Refcounts(this);

    /// <inheritdoc/>
    protected override bool HasDirtyMark(Qcow2Header header) => header.Features.HasFlag(Qcow2Features.Dirty);

    /// <inheritdoc/>
    protected override bool IsDoubtful => (Header.Features & (Qcow2Features.Dirty | Qcow2Features.Corrupt)) != 0;

    /// <inheritdoc/>
    protected override Qcow2Header HeaderWithDirtyMark(bool isDirty) => Header.Version == 2 ? Header : Header with
    {
        IncompatibleFeatures = isDirty
            ? Header.IncompatibleFeatures | Qcow2Features.Dirty
            : Header.IncompatibleFeatures & ~(Qcow2Features.Dirty | Qcow2Features.Corrupt),
    };

    /// <inheritdoc/>
    protected override int StoredHeaderBytes(Qcow2Header header) =>
        Math.Min(Qcow2Header.Size, (int)header.ExtensionsOffset);
}
