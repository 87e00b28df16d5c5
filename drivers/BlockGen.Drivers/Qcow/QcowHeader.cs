namespace BlockGen.Drivers.Qcow;

/// <summary>The header of a qcow image, version 1: the first 48 bytes.</summary>
[DiskStruct(ByteOrder.Big, Size = 48)]
public readonly partial record struct QcowHeader
{
    /// <summary>Identifies the file, with the version.</summary>
    [Magic("QFI\xfb")]
    public uint Magic { get; init; }

    /// <summary>Version 1.</summary>
    [Magic(1)]
    public uint Version { get; init; }

    /// <summary>Where the backing file's name starts; 0 without one.</summary>
    public ulong BackingNameOffset { get; init; }

    /// <summary>Bytes in the backing file's name; no terminator.</summary>
    [InRange(Max = 1023)]
    public uint BackingNameSize { get; init; }

    /// <summary>When the backing file was changed, in seconds.</summary>
    public uint BackingTime { get; init; }

    /// <summary>Bytes the guest sees.</summary>
    [InRange(Min = 2, Max = long.MaxValue), AtMost(nameof(MappableSize))]
    public ulong DiskSize { get; init; }

    /// <summary>Base-2 logarithm of the bytes in a cluster.</summary>
    [InRange(Min = 9, Max = 16)]
    public byte ClusterBits { get; init; }

    /// <summary>Base-2 logarithm of the entries in an L2 table.</summary>
    [InRange(Min = 6, Max = 13)]
    public byte L2Bits { get; init; }

    /// <summary>How clusters are encrypted: 0 not, 1 by AES.</summary>
    [ReservedBefore(2), OneOf(0, 1)]
    public uint EncryptionMethod { get; init; }

    /// <summary>Where the L1 table starts.</summary>
    [AtLeast(nameof(HeaderEnd)), AtMost(nameof(MaxHostOffset))]
    public HostOffset L1TableOffset { get; init; }

    private ulong HeaderEnd => (ulong)Size;

    private ulong MaxHostOffset => long.MaxValue;

    // An L1 table that one array holds.
    private UInt128 MappableSize => (UInt128)(int.MaxValue / sizeof(ulong)) << (L2Bits + ClusterBits);

    internal ulong L1EntryCount => (ulong)(((UInt128)DiskSize + L2GuestBytes - 1) / L2GuestBytes);

    private ulong L2GuestBytes => 1UL << (L2Bits + ClusterBits);

    internal ulong ClusterBytes => 1UL << ClusterBits;
}
