namespace BlockGen.Generators.Tests.Images;

/// <summary>A header, entries and options that the combinations share, in a namespace of their own.</summary>
internal static class SharedDeclarations
{
    public const string Source =
        """
        using BlockGen;

        namespace Shared;

        [DiskStruct(ByteOrder.Big, Size = 512)]
        public readonly partial record struct CommonHeader
        {
            [Magic("COMM")] public uint Magic { get; init; }
            [PowerOfTwo(Min = 512)] public uint ClusterBytes { get; init; }
            public ulong DiskBytes { get; init; }
            public HostOffset TableOffset { get; init; }
            public int State { get; init; }
            public CommonFlags Flags { get; init; }
            public uint UsedClusters { get; init; }
            internal uint UnitBytes => 512;
        }

        [Flags]
        public enum CommonFlags : long { None = 0, Dirty = long.MinValue }

        [TableEntry(ByteOrder.Big)]
        [EntryIs(MappingKind.Unallocated, Equal = 0)]
        [EntryIs(MappingKind.Table, Otherwise = true)]
        public readonly partial record struct CommonRoot(uint Raw);

        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Zero, Equal = 1)]
        [EntryIs(MappingKind.Unallocated, Equal = 0)]
        [EntryIs(MappingKind.Data, Otherwise = true)]
        public readonly partial record struct CommonLeaf(ulong Raw);

        [CreateOptions]
        public sealed partial record CommonOptions
        {
            [Option("size")] public ulong Size { get; init; }
        }

        [CreateOptions]
        public sealed partial record FullOptions
        {
            [Option("full"), Preallocate] public bool Full { get; init; }
        }

        [CreateOptions]
        public sealed partial record CommonWindow
        {
            [Option("offset")] public ulong Offset { get; init; }
        }
        """;
}
