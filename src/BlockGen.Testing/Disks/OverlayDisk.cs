namespace BlockGen.Testing;

/// <summary>The header of <see cref="OverlayDisk"/>.</summary>
[DiskStruct(ByteOrder.Little, Size = 512)]
internal readonly partial record struct OverlayHeader
{
    [Magic("OVER")]
    public uint Magic { get; init; }

    public uint BackingNameBytes { get; init; }

    [InRange(Max = 1UL << 50)]
    public ulong DiskBytes { get; init; }

    internal ulong TableOffset => OverlayDisk.UnitBytes;
}

/// <summary>
/// A table after the header, clusters after the table: the overlay that the kit puts above images of formats without
/// backing files of their own, to stream from them and to commit to them.
/// </summary>
[ImageFormat("overlay", Header = typeof(OverlayHeader))]
[Lookup<OverlayEntry>(Root = nameof(OverlayHeader.TableOffset))]
internal sealed partial class OverlayDisk
{
    internal const uint UnitBytes = 4096;

    private const int NameOffset = 512;

    [GuestSize] private ulong GuestSize => Header.DiskBytes;

    [ClusterSize] private uint ClusterSize => UnitBytes;

    [DataStart] private HostOffset DataStart => new(
        Header.TableOffset + (TableLength + UnitBytes - 1) / UnitBytes * UnitBytes);

    [BackingName] private HostRange BackingName => new(NameOffset, Header.BackingNameBytes);

    [BackingNameSpace] private HostRange BackingNameSpace => new(NameOffset, UnitBytes - NameOffset);

    private ulong TableLength => (Header.DiskBytes + UnitBytes - 1) / UnitBytes * sizeof(ulong);

    [BackingLink] private OverlayHeader WithBacking(BackingLink? link, HostRange name) =>
        Header with { BackingNameBytes = (uint)name.Length };

    [Create] private static OverlayHeader NewHeader(OverlayOptions options) => new()
    {
        Magic = OverlayHeader.MagicValue,
        DiskBytes = options.Size,
    };
}

/// <summary>One slot of the table.</summary>
[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Zero, Equal = 1)]
[EntryIs(MappingKind.Data, Otherwise = true)]
internal readonly partial record struct OverlayEntry(ulong Raw);

/// <summary>What a new overlay is like.</summary>
[CreateOptions]
internal sealed partial record OverlayOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size")] public ulong Size { get; init; }
}
