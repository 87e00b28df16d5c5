namespace BlockGen.Drivers.Bochs;

/// <summary>
/// The first 512 bytes of a growing Bochs image. Specification: Bochs, "Disk Image Modes", and its disk image utility.
/// </summary>
[DiskStruct(ByteOrder.Little, Size = 512)]
public readonly partial record struct BochsHeader
{
    /// <summary>Identifies the file.</summary>
    [FixedText(32), Magic("Bochs Virtual HD Image\0\0\0\0\0\0\0\0\0\0")]
    public string Magic { get; init; }

    /// <summary>A log of changed sectors.</summary>
    [FixedText(16), Magic("Redolog\0\0\0\0\0\0\0\0\0")]
    public string Type { get; init; }

    /// <summary>A log over nothing: other subtypes need a file of their own below.</summary>
    [FixedText(16), Magic("Growing\0\0\0\0\0\0\0\0\0")]
    public string Subtype { get; init; }

    /// <summary>Version 1 or 2, in the upper half.</summary>
    [OneOf(0x10000, 0x20000)]
    public uint Version { get; init; }

    /// <summary>Where the catalog starts.</summary>
    [InRange(Min = 512, Max = 1 << 20)]
    public uint CatalogOffset { get; init; }

    /// <summary>Entries of the catalog, one for each block of the disk.</summary>
    [InRange(Min = 1, Max = 1 << 20)]
    public uint CatalogEntryCount { get; init; }

    /// <summary>Bytes of the map before each block, with a bit for each sector in it.</summary>
    [InRange(Min = 1, Max = 1 << 16)]
    public uint BitmapBytes { get; init; }

    /// <summary>Bytes of one block of the disk.</summary>
    [PowerOfTwo(Min = 512, Max = 8 << 20), AtMost(nameof(MappableBlockBytes))]
    public uint BlockBytes { get; init; }

    /// <summary>When it was made. In version 1 the lower half of the disk's size is here.</summary>
    public uint Timestamp { get; init; }

    /// <summary>Bytes of the disk. In version 1 its lower half is the upper half of the size.</summary>
    public ulong DiskSize { get; init; }

    internal ulong DiskBytes => Version == 0x10000 ? (DiskSize & uint.MaxValue) << 32 | Timestamp : DiskSize;

    private ulong MappableBlockBytes => BitmapBytes * 8UL * 512;
}
