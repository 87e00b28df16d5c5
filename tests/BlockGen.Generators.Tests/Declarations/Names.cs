namespace BlockGen.Generators.Tests.Declarations;

/// <summary>Fields called like what the generated code names: each must still compile and be read.</summary>
[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Names
{
    [InRange(Max = 9)]
    public ushort BinaryPrimitives { get; init; }

    [PowerOfTwo]
    public ushort LayoutRules { get; init; }

    [AtMost(nameof(target))]
    public HostOffset HostOffset { get; init; }

    public Guid Guid { get; init; }

    [FixedText(4)]
    public string DiskText { get; init; }

    [FeatureBits(UnknownBits.Clear), MultipleOf(2)]
    public long source { get; init; }

    public ulong @class { get; init; }

    [Checksum(ChecksumKind.Crc32C)]
    public uint Checksums { get; init; }

    public uint sumChecksums { get; init; }

    private HostOffset target => new(@class);
}
