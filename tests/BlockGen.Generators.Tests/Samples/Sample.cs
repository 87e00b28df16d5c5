namespace BlockGen.Generators.Tests;

/// <summary>Declarations that between them use everything there is.</summary>
internal static class Sample
{
    private const string Prelude =
        """
        using System;
        using BlockGen;

        #pragma warning disable CS1591 // The samples are not published.
        namespace Samples;


        """;

    public const string PlainHeader = Prelude +
        """
        /// <summary>The first 64 bytes of a QED image.</summary>
        [DiskStruct(ByteOrder.Little, Size = 64)]
        public readonly partial record struct QedHeader
        {
            /// <summary>Identifies the file. Nothing else does.</summary>
            [Magic("QED\0")]
            public uint Magic { get; init; }

            /// <summary>Bytes in one cluster.</summary>
            [PowerOfTwo(Min = 1 << 12, Max = 1 << 26)]
            public uint ClusterSize { get; init; }

            /// <summary>Clusters in one table; L1 and L2 tables are equally long.</summary>
            [PowerOfTwo(Min = 1, Max = 16)]
            public uint TableSize { get; init; }

            [InRange(Min = 1)]
            public uint HeaderSize { get; init; }

            [FeatureBits(UnknownBits.RefuseToOpen)]
            public QedFeatures Features { get; init; }

            [FeatureBits(UnknownBits.Keep)]
            public ulong CompatFeatures { get; init; }

            [FeatureBits(UnknownBits.Clear)]
            public ulong AutoclearFeatures { get; init; }

            /// <summary>Where the L1 table starts, a multiple of <see cref="ClusterSize"/>.</summary>
            [AlignedTo(nameof(ClusterSize))]
            public HostOffset L1TableOffset { get; init; }

            [MultipleOf(512), AtMost(nameof(MappableSize))]
            public ulong ImageSize { get; init; }

            [PresentIf(nameof(Features), QedFeatures.BackingFile), AtLeast(nameof(Lowest))]
            public uint BackingNameOffset { get; init; }

            [PresentIf(nameof(Features), QedFeatures.BackingFile)]
            public uint BackingNameSize { get; init; }

            private const int Lowest = 64;

            private UInt128 MappableSize => (UInt128)EntriesPerTable * EntriesPerTable * ClusterSize;

            private ulong EntriesPerTable => TableSize * (ulong)ClusterSize / sizeof(ulong);
        }

        [Flags]
        public enum QedFeatures : ulong
        {
            None = 0,
            BackingFile = 1 << 0,
            NeedCheck = 1 << 1,
            BackingIsRaw = 1 << 2,
        }
        """;

    /// <summary>Every field type, big-endian, with gaps, checksums and a type around it.</summary>
    public const string EveryFieldType = Prelude +
        """
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
        """;

    public const string Entries = Prelude +
        """
        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Unallocated, Equal = 0)]
        [EntryIs(MappingKind.Zero, Equal = 1)]
        [EntryIs(MappingKind.Data, Otherwise = true)]
        public readonly partial record struct WholeEntry(ulong Raw);

        [TableEntry(ByteOrder.Big, HostMask = 0x00FF_FFFF_FFFF_FE00)]
        [EntryIs(MappingKind.Compressed, Mask = 1UL << 62, Equal = 1UL << 62)]
        [EntryIs(MappingKind.Zero, Mask = 1, Equal = 1)]
        [EntryIs(MappingKind.Unallocated, Mask = 0x00FF_FFFF_FFFF_FE00, Equal = 0)]
        [EntryIs(MappingKind.Data, Otherwise = true)]
        public readonly partial record struct FlaggedEntry(ulong Raw);

        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Unallocated, Equal = 0xFFFFFFFF)]
        [EntryIs(MappingKind.Zero, Equal = 0xFFFFFFFE)]
        [EntryIs(MappingKind.Data, Otherwise = true)]
        public readonly partial record struct NarrowEntry(uint Raw);

        [TableEntry(ByteOrder.Little, HostMask = 0xFFFF_FFFF_FFF0_0000)]
        [EntryIs(MappingKind.Data, Mask = 7, Equal = 6)]
        [EntryIs(MappingKind.Zero, Mask = 7, Equal = 2)]
        [EntryIs(MappingKind.Unallocated, Otherwise = true)]
        public readonly partial record struct StateEntry(ulong Raw);
        """;
}
