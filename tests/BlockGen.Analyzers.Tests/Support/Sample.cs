namespace BlockGen.Analyzers.Tests;

/// <summary>Sound declarations round the one that a case is about.</summary>
internal static class Sample
{
    /// <summary>What every case finds: implicit usings, and the parts of a driver.</summary>
    public const string Parts =
        """
        global using System;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using BlockGen;
        global using Parts;

        namespace Parts;

        [DiskStruct(ByteOrder.Little)]
        public readonly partial record struct Head
        {
            [Magic("PART")] public uint Magic { get; init; }
            public uint ClusterSize { get; init; }
            [FeatureBits(UnknownBits.RefuseToOpen)] public Features Features { get; init; }
            public HostOffset Root { get; init; }
            public ulong DiskBytes { get; init; }
            public uint Count { get; init; }
            public int Signed { get; init; }
            internal ulong TableBytes => ClusterSize;
            private ulong Hidden => ClusterSize;
            internal bool IsDirty => Features.HasFlag(Features.Dirty);
        }

        [Flags]
        public enum Features : ulong
        {
            None = 0,
            Dirty = 1 << 0,
        }

        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Unallocated, Equal = 0)]
        [EntryIs(MappingKind.Table, Otherwise = true)]
        public readonly partial record struct RootEntry(ulong Raw);

        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Unallocated, Equal = 0)]
        [EntryIs(MappingKind.Data, Otherwise = true)]
        public readonly partial record struct LeafEntry(ulong Raw);

        [CreateOptions]
        public sealed partial record NewOptions
        {
            [Option("size")] public ulong DiskBytes { get; init; }
        }
        """;

    private const string GuestSize = "[GuestSize] private ulong GuestSize => Header.DiskBytes;";
    private const string ClusterSize = "[ClusterSize] private uint ClusterSize => Header.ClusterSize;";
    private const string TableBytes = "[TableBytes] private ulong TableBytes => Header.TableBytes;";

    /// <summary>A disk structure with the fields given.</summary>
    public static string Struct(string fields, string declaration = "DiskStruct(ByteOrder.Little)") =>
        $$"""
        [{{declaration}}]
        public readonly partial record struct Sample
        {
            {{fields}}
        }
        """;

    /// <summary>A table entry with the lines given.</summary>
    public static string Entry(
        string lines,
        string type = "readonly partial record struct Entry(ulong Raw)",
        string order = "TableEntry(ByteOrder.Big)") =>
        $$"""
        [{{order}}]
        {{lines}}
        public {{type}};
        """;

    /// <summary>A driver with one table, and whatever else is given.</summary>
    public static string OneTable(string attributes = "", string members = "", string name = "Image") =>
        Driver(
            $"[Lookup<LeafEntry>(Root = nameof(Head.Root))]{attributes}",
            name,
            $"{GuestSize} {ClusterSize} {members}");

    /// <summary>A driver with a root table and leaf tables, and whatever else is given.</summary>
    public static string TwoLevels(string attributes = "", string members = "", string name = "Image") =>
        Driver(
            $"[Lookup<RootEntry, LeafEntry>(Root = nameof(Head.Root))]{attributes}",
            name,
            $"{GuestSize} {ClusterSize} {TableBytes} {members}");

    /// <summary>A driver whose lookup is among the attributes given.</summary>
    public static string Lookup(string attributes, string members = "") =>
        Driver(attributes, "Image", $"{GuestSize} {ClusterSize} {members}");

    /// <summary>A driver without tables or header.</summary>
    public static string Identity(
        string members = "", string name = "Image", string format = "ImageFormat(\"sample\")") =>
        $$"""
        [{{format}}]
        [IdentityLookup]
        public sealed partial class {{name}}
        {
            [GuestSize] private ulong GuestSize => Storage.Length;
            {{members}}
        }
        """;

    /// <summary>A driver with exactly the attributes and members given.</summary>
    public static string Driver(string attributes, string name, string members) =>
        $$"""
        [ImageFormat("sample", Header = typeof(Head))]
        {{attributes}}
        public sealed partial class {{name}}
        {
            {{members}}
        }
        """;
}
