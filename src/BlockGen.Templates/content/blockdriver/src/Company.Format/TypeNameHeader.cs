using BlockGen;

namespace Company.Format;

/// <summary>The first sector of a formatname image.</summary>
[DiskStruct(ByteOrder.Little, Size = 512)]
public readonly partial record struct TypeNameHeader
{
    /// <summary>Identifies the file.</summary>
    [Magic("DISK\0\0\0\x1a")]
    public ulong Magic { get; init; }

    /// <summary>Bytes in one cluster, and in one table.</summary>
    [PowerOfTwo(Min = 1024, Max = 1 << 20)]
    public uint ClusterBytes { get; init; }

    /// <summary>What the image is like.</summary>
    [FeatureBits(UnknownBits.RefuseToOpen)]
    public TypeNameFlags Flags { get; init; }

    /// <summary>Where the root table starts.</summary>
    [AlignedTo(nameof(ClusterBytes)), AtLeast(nameof(ClusterBytes))]
    public HostOffset RootOffset { get; init; }

    /// <summary>Bytes the guest sees.</summary>
    [AtMost(nameof(MappableBytes))]
    public ulong DiskBytes { get; init; }

    /// <summary>Where the backing file's name starts.</summary>
    public uint NameOffset { get; init; }

    /// <summary>Bytes in the backing file's name; 0 without one.</summary>
    public uint NameBytes { get; init; }

    // One root table full of leaf tables, as far as an offset reaches.
    private UInt128 MappableBytes => UInt128.Min((UInt128)EntryCount * EntryCount * ClusterBytes, long.MaxValue);

    private ulong EntryCount => ClusterBytes / sizeof(ulong);
}

/// <summary>Bits of <see cref="TypeNameHeader.Flags"/>.</summary>
[Flags]
public enum TypeNameFlags : uint
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The image was not closed cleanly.</summary>
    Open = 1 << 0,

    /// <summary>The backing file is raw and must not be probed.</summary>
    BackingIsRaw = 1 << 1,
}
