namespace BlockGen.Generators.Tests.Images;

/// <summary>Sources of so many drivers, one file each: a header, two kinds of entries, options, and the driver.</summary>
internal static class ManyDrivers
{
    /// <summary>Files that each driver's declarations give.</summary>
    public const int FilesPerDriver = 5;

    public static string[] Sources(int count) => [.. Enumerable.Range(0, count).Select(Source)];

    private static string Source(int number) =>
        $$"""
        using BlockGen;

        namespace Sample.Drivers.Format{{number}};

        /// <summary>The header of format {{number}}.</summary>
        [DiskStruct(ByteOrder.Little, Size = 512)]
        public readonly partial record struct Header{{number}}
        {
            /// <summary>Identifies the file.</summary>
            [Magic({{1000 + number}})]
            public uint Magic { get; init; }

            /// <summary>Bytes in one cluster.</summary>
            [PowerOfTwo(Min = 1 << 12, Max = 1 << 26)]
            public uint ClusterSize { get; init; }

            /// <summary>Bytes the guest sees.</summary>
            [MultipleOf(512)]
            public ulong DiskBytes { get; init; }

            /// <summary>Where the root table starts.</summary>
            [AlignedTo(nameof(ClusterSize))]
            public HostOffset RootOffset { get; init; }

            /// <summary>Features an implementation must understand.</summary>
            [FeatureBits(UnknownBits.RefuseToOpen)]
            public Features{{number}} Features { get; init; }

            /// <summary>Bytes in the backing file's name.</summary>
            [PresentIf(nameof(Features), Features{{number}}.Backing)]
            public uint BackingNameBytes { get; init; }
        }

        /// <summary>Features of format {{number}}.</summary>
        [Flags]
        public enum Features{{number}} : uint
        {
            /// <summary>No feature.</summary>
            None = 0,

            /// <summary>There is a backing file.</summary>
            Backing = 1,

            /// <summary>Not closed cleanly.</summary>
            Dirty = 2,
        }

        /// <summary>Format {{number}}: two levels of tables.</summary>
        [ImageFormat("format{{number}}", Header = typeof(Header{{number}}))]
        [Lookup<RootEntry{{number}}, LeafEntry{{number}}>(Root = nameof(Header{{number}}.RootOffset))]
        [WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]
        [DirtyMark(nameof(Header{{number}}.Features), Features{{number}}.Dirty)]
        public sealed partial class Image{{number}}
        {
            [GuestSize] private ulong GuestSize => Header.DiskBytes;

            [ClusterSize] private uint ClusterSize => Header.ClusterSize;

            [TableBytes] private ulong TableBytes => Header.ClusterSize;

            [BackingName] private HostRange BackingName => new(512, Header.BackingNameBytes);

            [BackingNameSpace] private HostRange NameSpace => new(512, 1024);

            [Allocator]
            private HostOffset Allocate(ulong bytes)
            {
                ulong wanted = bytes;
                return Tail.Take(wanted);
            }

            [BackingLink] private Header{{number}} WithBacking(BackingLink? link, HostRange name) => Header with
            {
                Features = link is null ? Features{{number}}.None : Features{{number}}.Backing,
                BackingNameBytes = (uint)name.Length,
            };

            [Create] private static Header{{number}} NewHeader(Options{{number}} options) => new()
            {
                Magic = Header{{number}}.MagicValue,
                ClusterSize = options.ClusterSize,
                DiskBytes = options.Size,
                RootOffset = new HostOffset(options.ClusterSize),
            };
        }

        /// <summary>An entry of the root table.</summary>
        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Unallocated, Equal = 0)]
        [EntryIs(MappingKind.Table, Otherwise = true)]
        public readonly partial record struct RootEntry{{number}}(ulong Raw);

        /// <summary>An entry of a leaf table.</summary>
        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Unallocated, Equal = 0)]
        [EntryIs(MappingKind.Zero, Equal = 1)]
        [EntryIs(MappingKind.Data, Otherwise = true)]
        public readonly partial record struct LeafEntry{{number}}(ulong Raw);

        /// <summary>What a new image is like.</summary>
        [CreateOptions]
        public sealed partial record Options{{number}}
        {
            /// <summary>Bytes the guest sees.</summary>
            [Option("size")] public ulong Size { get; init; }

            /// <summary>Bytes in one cluster.</summary>
            [Option("cluster_size")] public uint ClusterSize { get; init; } = 65536;
        }
        """;
}
