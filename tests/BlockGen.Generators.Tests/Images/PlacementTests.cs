namespace BlockGen.Generators.Tests.Images;

/// <summary>Drivers in odd places and with odd names compile without a warning.</summary>
public class PlacementTests
{
    private const string Entries =
        """
        [TableEntry(ByteOrder.Little), EntryIs(MappingKind.Unallocated, Equal = 0), EntryIs(MappingKind.Data, Otherwise = true)]
        public readonly partial record struct L(ulong Raw);
        """;

    private static readonly Dictionary<string, string> Sources = new()
    {
        ["in the global namespace"] = Plain("GlobalImage"),
        ["nested in a class and a struct"] =
            "namespace Nested; public static partial class Outer { internal partial struct Inner { " + Plain("NestedImage") + " } }",
        ["an internal driver with an internal header"] = "namespace Hidden; " + (Entries + Table("H", "L", "T")).Replace("public ", "internal "),
        ["private in its class"] = "namespace Private; public partial class Outer { " + (Entries + Table("H", "L", "T")).Replace("public ", "private ").Replace("private uint", "public uint").Replace("private ulong", "public ulong").Replace("private HostOffset Place", "public HostOffset Place") + " }",
        ["a header in another namespace"] = "namespace Here { " + Driver("There.H", "There.L", "T") + " } namespace There { " + Entries + Header("H") + " }",
        ["keywords as names"] = "namespace @namespace.@event; " + Entries + Table("@struct", "L", "@class"),
        ["types called like inherited members"] = "namespace Inherited; " + Entries.Replace(" L(", " Tables(") + Table("Geometry", "Tables", "T"),
        ["types called like generated members"] = "namespace Generated; " + Entries.Replace(" L(", " Format(") + Table("DriverOptions", "Format", "T"),
        ["types called like the generator's vocabulary"] = "namespace Vocabulary; "
            + (Entries.Replace(" L(", " Extent(").Replace("(MappingKind", "(BlockGen.MappingKind") + Table("MappingKind", "Extent", "Task")),
        ["members called like generated locals"] = "namespace Locals; " + Entries + Header("H") +
            """
            [ImageFormat("t", Header = typeof(H)), Lookup<L>(Root = nameof(H.Place))]
            public sealed partial class T
            {
                [GuestSize] private ulong options => 1 << 20;
                [ClusterSize] private uint header => Header.Cluster;
                [TableBytes] private uint tableBytes => 4096;
                [DataStart] private HostOffset units => new(8192);
                [BackingName] private HostRange storage => default;
                [BackingNameSpace] private HostRange name => default;
                [BackingLink] private H link(BackingLink? text, HostRange place) => Header;
                [Allocator] private HostOffset bytes(ulong wanted) => Tail.Take(wanted);
                [MappedCount] private H mappedClusterCount(ulong count) => Header;
                [Create] private static H image(Wanted wanted) => wanted.await ? default : new H();
            }
            [CreateOptions] public sealed partial record Wanted { [Preallocate, Option("all")] public bool await { get; init; } }
            """,
        ["a lookup method called like its parameter"] =
            "namespace Method; [ImageFormat(\"t\")] public sealed partial class T { [GuestSize] private ulong length => 1; "
            + "[LookupMethod] private ValueTask<Extent> range(GuestRange wanted, CancellationToken cancellation) => "
            + "ValueTask.FromResult(Extent.Zero(wanted)); }",
        ["overloads of generated methods"] = "namespace Overloads; " + Entries + Table("H", "L", "T").Replace("/* more */",
            "public static ValueTask<T> OpenAsync(string path) => throw new FileNotFoundException(path);"),
        ["overrides of what is not generated"] = "namespace Overrides; " + Entries + Table("H", "L", "T").Replace("/* more */",
            "public override string ToString() => \"t\"; protected override HostOffset Reserve(ulong bytes) => Tail.Take(bytes);"),
        ["the base class spelled out"] = "namespace Based; " + Entries + Table("H", "L", "T").Replace("class T", "class T : MappedImage<H>"),
        ["split over declarations, with interfaces"] = "namespace Split; " + Entries + Table("H", "L", "T")
            + "public interface IOwn { int Number { get; } } partial class T : IOwn { int IOwn.Number => 1; }",
        ["a cluster size of 64 bits and units of 16"] = "namespace Wide; " + Entries + Table("H", "L", "T")
            .Replace("uint Cluster ", "ulong Cluster ").Replace("uint Size", "ulong Size")
            .Replace("Root = \"Place\"", "Root = \"Place\", UnitBytes = \"Unit\""),
    };

    [Fact]
    public void All_of_them_compile()
    {
        GeneratorRun run = GeneratorRun.Of([.. Sources.Values.Select(source => "using BlockGen;\n" + source)]);
        Assert.Empty(run.Reported);
        Assert.Empty(DeclarationProblems.Of(run.Input).Select(ProblemMessages.Message));
        Assert.Equal(Sources.Count, run.Reasons(ImageGenerator.ModelStep).Length);
        Assert.True(run.Errors.IsEmpty, string.Join('\n', run.Errors.Take(5).Select(error =>
            $"{error}\n{error.Location.SourceTree}\n")));
        Assert.Empty(DeclarationProblems.Of(run.Output).Select(ProblemMessages.Message));
    }

    private static string Plain(string name) =>
        $"[ImageFormat(\"t\"), IdentityLookup] public sealed partial class {name} {{ [GuestSize] private ulong Bytes => Storage.Length; }}";

    private static string Table(string header, string entry, string driver) => Header(header) + Driver(header, entry, driver);

    private static string Header(string name) =>
        $$"""

        [DiskStruct(ByteOrder.Little, Size = 512)]
        public readonly partial record struct {{name}}
        {
            [PowerOfTwo(Min = 512)] public uint Cluster { get; init; }
            public HostOffset Place { get; init; }
            [OneOf(1)] public ushort Unit { get; init; }
        }

        """;

    private static string Driver(string header, string entry, string driver) =>
        $$"""
        [ImageFormat("t", Header = typeof({{header}})), Lookup<{{entry}}>(Root = "Place")]
        public sealed partial class {{driver}}
        {
            [GuestSize] private ulong Size => 1 << 20;
            [ClusterSize] private uint ClusterSize => (uint)Header.Cluster;
            /* more */
        }

        """;
}
