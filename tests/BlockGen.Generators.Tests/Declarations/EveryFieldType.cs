namespace BlockGen.Generators.Tests.Declarations;

public enum Subformat : short
{
    Old = -1,
    Flat = 1,
    Sparse = 2,
}

[Flags]
public enum Bits : byte
{
    None = 0,
    Fast = 1,
    Wide = 4,
}

[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Locator
{
    [Magic(0xBEDA107F)]
    public uint Code { get; init; }

    [FeatureBits(UnknownBits.Clear)]
    public Bits Flags { get; init; }

    [Checksum(ChecksumKind.Crc32, From = nameof(Code), Through = nameof(Flags)), ReservedBefore(3)]
    public uint Sum { get; init; }
}

public static partial class Outer
{
    [DiskStruct(ByteOrder.Big, Size = 256)]
    internal readonly partial record struct Everything
    {
        [Magic("QFI\u00fb")]
        public uint Magic { get; init; }

        [OneOf(2, 3)]
        public byte Version { get; init; }

        [InRange(Min = 1, Max = 100)]
        public sbyte Signed8 { get; init; }

        [InRange(Max = 7)]
        public short Signed16 { get; init; }

        [AtMost(nameof(Signed64Limit)), PresentIf(nameof(Version), 3)]
        public int Signed32 { get; init; }

        [AtLeast(nameof(Signed32))]
        public long Signed64 { get; init; }

        [OneOf(1, 2)]
        public Subformat Subformat { get; init; }

        [PresentIf(nameof(Subformat), Subformat.Sparse), MultipleOf(8)]
        public ushort Grains { get; init; }

        [FeatureBits(UnknownBits.Clear), PresentIf(nameof(Version), 3)]
        public Bits Flags { get; init; }

        [PresentIf(nameof(Flags), Bits.Wide)]
        public Guid Identity { get; init; }

        [FixedText(16, Encoding = TextEncoding.Utf8)]
        public string Label { get; init; }

        [ReservedBefore(4), FixedText(8, Encoding = TextEncoding.Utf16)]
        public string Creator { get; init; }

        [FixedCount(4)]
        public DiskArray<ushort> Numbers { get; init; }

        [FixedCount(2)]
        public DiskArray<HostOffset> Places { get; init; }

        [FixedCount(2)]
        public DiskArray<Guid> Identities { get; init; }

        [FixedCount(2)]
        public DiskArray<Locator> Locators { get; init; }

        public Locator Extra { get; init; }

        [Checksum(ChecksumKind.OnesComplementOfSum, From = nameof(Magic), Through = nameof(Creator))]
        public uint Sum { get; init; }

        public bool IsNew => Version == 3;

        private long Signed64Limit => 1000;
    }
}
