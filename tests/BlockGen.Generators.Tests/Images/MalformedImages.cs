namespace BlockGen.Generators.Tests.Images;

/// <summary>For each problem of an image format edits of a sound driver that have it, and its message.</summary>
internal static class MalformedImages
{
    /// <summary>A sound driver with everything; each case replaces a piece of it.</summary>
    public const string Sound =
        """
        using BlockGen;
        [DiskStruct(ByteOrder.Little)]
        public readonly partial record struct H
        {
            [Magic(7)] public uint Magic { get; init; }
            public uint Bytes { get; init; }
            public HostOffset Root { get; init; }
            public F Flags { get; init; }
            public sbyte Small { get; init; }
            private uint Hidden { get; init; }
            public static uint Fixed => 1;
            public GuestOffset Guest => new(Hidden);
        }
        public enum F : byte { A = 1 }
        public enum G : byte { A = 1 }
        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Unallocated, Equal = 0), EntryIs(MappingKind.Table, Otherwise = true)]
        public readonly partial record struct R(ulong Raw);
        [TableEntry(ByteOrder.Little)]
        [EntryIs(MappingKind.Unallocated, Equal = 0), EntryIs(MappingKind.Data, Otherwise = true)]
        public readonly partial record struct L(ulong Raw);
        [CreateOptions] public sealed partial record O { [Preallocate] public bool Full { get; init; } }
        public sealed record NoOptions;
        [ImageFormat("t", Header = typeof(H), OpenOptions = typeof(O))]
        [Lookup<R, L>(Root = "Root", UnitBytes = "Bytes")]
        [WriteOrder(Step.MarkDirty, Step.Data, Step.Header, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]
        [DirtyMark("Flags", F.A)]
        public sealed partial class T
        {
            [GuestSize] private ulong Disk => 1;
            [ClusterSize] private uint Cluster => 512;
            [TableBytes] private uint Table => 512;
            [BackingName] private HostRange Name => default;
            [BackingNameSpace] private HostRange Space => default;
            [BackingLink] private H Link(BackingLink? link, HostRange name) => Header;
            [Allocator] private HostOffset Take(ulong bytes) => Tail.Take(bytes);
            [MappedCount] private H Count(ulong count) => Header;
            [Resize] private H Size(ulong bytes) => Header;
            [WriteObstacle] private string? Obstacle => null;
            [Create] private static H New(O options) => default;
            [Measure] private static FileMeasure Measure(O options) => default;
            [Opening] private ValueTask More(CancellationToken cancellation) => default;
            private int Other => 0;
        }
        """;

    private const string Method =
        "[LookupMethod] private ValueTask<Extent> Find(GuestRange range, CancellationToken cancellation) => default;";

    private const string LookupLine = "[Lookup<R, L>(Root = \"Root\", UnitBytes = \"Bytes\")]";
    private const string OrderLine =
        "[WriteOrder(Step.MarkDirty, Step.Data, Step.Header, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]";
    private const string NameTaken = "' is the name of a generated member; call it something else";

    public static readonly (ProblemKind Kind, (string Old, string New)[] Edits, string Message)[] All =
    [
        Case(ProblemKind.NotPartial, "sealed partial class", "sealed class", "'T' must be partial, and so must the types around it"),
        Case(ProblemKind.NotExtendable, "class T", "class T<X>", "'T' must be neither generic nor file-local, nor lie in such a type"),
        Case(ProblemKind.NotSealedClass, "sealed partial class", "partial class",
            "'T' must be a sealed partial class without constructors; the generator gives it its base class"),
        Case(ProblemKind.NotSealedClass, "int Other => 0;", "T() { }",
            "'T' must be a sealed partial class without constructors; the generator gives it its base class"),
        Case(ProblemKind.NotSealedClass, "class T", "class T(int number)",
            "'T' must be a sealed partial class without constructors; the generator gives it its base class"),
        Case(ProblemKind.NotSealedClass, "class T", "class T : MemoryStream",
            "'T' must be a sealed partial class without constructors; the generator gives it its base class"),
        Case(ProblemKind.MemberNameTaken, "int Other", "int Format", "'Format" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "int Other", "int FirstTableBytes", "'FirstTableBytes" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "int Other", "int _leafMask", "'_leafMask" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "int Other", "int Storage", "'Storage" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "int Other => 0;", "void CheckRange(object range) { }", "'CheckRange" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "int Other => 0;", "class Geometry;", "'Geometry" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "private int Other", "protected override bool HasZeroClusters", "'HasZeroClusters" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "private int Other => 0", "protected override HostOffset Reserve(ulong bytes) => default", "'Reserve" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "private int Other => 0", "protected override bool CountsClusters => true", "'CountsClusters" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "private int Other => 0", "protected override UInt128 MappableClusterCount => 1", "'MappableClusterCount" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "private int Other => 0", "protected override bool HasDirtyMark(H header) => true", "'HasDirtyMark" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "private int Other => 0", "protected override HostRange BackingNameRoom => default", "'BackingNameRoom" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "private int Other => 0", "protected override string? ObstacleToWriting => null", "'ObstacleToWriting" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "int Other => 0", "int CreateAsync() => 0", "'CreateAsync" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "class T", "class Driver", "'Driver" + NameTaken),
        Case(ProblemKind.MemberNameTaken, "public uint Bytes", "public uint MagicValue", "'MagicValue" + NameTaken),
        Case(ProblemKind.FormatNameInvalid, "\"t\"", "\"a b\"", "'T' cannot be called 'a b': a format's name has no white space, ',', '=' or ':'"),
        Case(ProblemKind.FormatNameInvalid, "\"t\"", "\"\"", "'T' cannot be called '': a format's name has no white space, ',', '=' or ':'"),
        Case(ProblemKind.HeaderMissing, "Header = typeof(H), ", "", "'T' is looked up through tables, so it needs a Header that says where they are"),
        Case(ProblemKind.HeaderNotDiskStruct, "typeof(H)", "typeof(NoOptions)", "The header of 'T', 'NoOptions', must be a DiskStruct, and as accessible as 'T'"),
        Case(ProblemKind.HeaderNotDiskStruct, "public readonly partial record struct H", "readonly partial record struct H",
            "The header of 'T', 'H', must be a DiskStruct, and as accessible as 'T'"),
        Case(ProblemKind.HeaderMemberUnknown, "Root = \"Root\"", "Root = \"Nothing\"", "'H' has no unsigned number or host offset 'Nothing' for Root to name"),
        Case(ProblemKind.HeaderMemberUnknown, "UnitBytes = \"Bytes\"", "UnitBytes = \"Flags\"", "'H' has no unsigned number or host offset 'Flags' for UnitBytes to name"),
        Case(ProblemKind.HeaderMemberUnknown, "UnitBytes = \"Bytes\"", "UnitBase = \"Guest\"", "'H' has no unsigned number or host offset 'Guest' for UnitBase to name"),
        Case(ProblemKind.HeaderMemberUnknown, "UnitBytes = \"Bytes\"", "AlignedFrom = \"Guest\"", "'H' has no unsigned number or host offset 'Guest' for AlignedFrom to name"),
        Case(ProblemKind.HeaderMemberUnknown, "UnitBytes = \"Bytes\"", "AlignedTo = \"Flags\"", "'H' has no unsigned number or host offset 'Flags' for AlignedTo to name"),
        Case(ProblemKind.HeaderMemberUnknown, "UnitBytes = \"Bytes\"", "UnitBytes = \"Fixed\"", "'H' has no unsigned number or host offset 'Fixed' for UnitBytes to name"),
        Case(ProblemKind.HeaderMemberUnknown, "UnitBytes = \"Bytes\"", "UnitBytes = \"Small\"", "'H' has no unsigned number or host offset 'Small' for UnitBytes to name"),
        Case(ProblemKind.HeaderMemberUnknown, "UnitBytes = \"Bytes\"", "UnitBytes = \"Hidden\"", "'H' has no unsigned number or host offset 'Hidden' for UnitBytes to name"),
        Case(ProblemKind.HeaderMemberUnknown, "DirtyMark(\"Flags\", F.A)", "DirtyMark(\"Hidden\", 1)", "'H' has no unsigned number or host offset 'Hidden' for DirtyMark to name"),
        Case(ProblemKind.NotOptions, "OpenOptions = typeof(O)", "OpenOptions = typeof(NoOptions)",
            "'T' takes options of type 'NoOptions', which must have CreateOptions and be as accessible as 'T'"),
        Case(ProblemKind.NotOptions, "New(O options)", "New(NoOptions options)",
            "'T' takes options of type 'NoOptions', which must have CreateOptions and be as accessible as 'T'"),
        Case(ProblemKind.NotOptions, "[CreateOptions] public", "[CreateOptions] internal",
            "'T' takes options of type 'O', which must have CreateOptions and be as accessible as 'T'"),
        Case(ProblemKind.LookupMissing, LookupLine, "", "'T' must say how guest offsets are looked up: Lookup, IdentityLookup or a LookupMethod"),
        Case(ProblemKind.LookupRepeated, LookupLine, LookupLine + " [IdentityLookup]", "'T' must have one lookup, not several"),
        Case(ProblemKind.LookupRepeated, "private int Other => 0;", Method, "'T' must have one lookup, not several"),
        Case(ProblemKind.NotTableEntry, "<R, L>", "<R, H>", "'T' looks up through 'H', which must be a TableEntry"),
        Case(ProblemKind.EntryKindMissing, "<R, L>", "<R, R>", "'R' must have an EntryIs line for Data"),
        Case(ProblemKind.EntryKindMissing, "<R, L>", "<L, L>", "'L' must have an EntryIs line for Table"),
        Case(ProblemKind.EntryKindUnsuitable, "EntryIs(MappingKind.Data, Otherwise = true)", "EntryIs(MappingKind.Table, Equal = 2), EntryIs(MappingKind.Data, Otherwise = true)",
            "'L' must not have an EntryIs line for Table: it is an entry of a leaf table"),
        Case(ProblemKind.EntryKindUnsuitable, "EntryIs(MappingKind.Table, Otherwise = true)", "EntryIs(MappingKind.Zero, Equal = 2), EntryIs(MappingKind.Table, Otherwise = true)",
            "'R' must not have an EntryIs line for Zero: it is an entry of a root table"),
        Case(ProblemKind.MarkerMissing, "[GuestSize] ", "", "'T' must have a member marked GuestSize"),
        Case(ProblemKind.MarkerMissing, "[ClusterSize] ", "", "'T' must have a member marked ClusterSize"),
        Case(ProblemKind.MarkerMissing, "[TableBytes] ", "", "'T' must have a member marked TableBytes"),
        Case(ProblemKind.MarkerMissing, "[BackingName] ", "", "'T' must have a member marked BackingName"),
        Case(ProblemKind.MarkerMissing, "[BackingNameSpace] ", "", "'T' must have a member marked BackingNameSpace"),
        Case(ProblemKind.MarkerMissing, "[BackingLink] ", "", "'T' must have a member marked BackingLink"),
        Case(ProblemKind.MarkerRepeated, "private int Other => 0;", "[ClusterSize] private uint Other => 0;", "'T' marks two members ClusterSize: 'Cluster' and 'Other'"),
        Case(ProblemKind.MarkerUnsuitable, "private int Other => 0;", "[HostStart] private HostOffset Other => default;", "'T' declares HostStart, which means something only with an identity lookup"),
        Identity("TableBytes", "[TableBytes] private uint Other => 0;"),
        Identity("DataStart", "[DataStart] private HostOffset Other => default;"),
        (ProblemKind.MarkerUnsuitable, ToIdentity("[BackingName] private HostRange Other => default;"),
            "'T' declares BackingName, which means something only with another lookup"),
        (ProblemKind.MarkerUnsuitable, ToIdentity("[BackingFormat] private string? Other => null;"),
            "'T' declares BackingFormat, which means something only with another lookup"),
        Identity("BackingNameSpace", "[BackingNameSpace] private HostRange Other => default;"),
        Identity("BackingLink", "[BackingLink] private H Other(BackingLink? link, HostRange name) => default;"),
        Identity("Allocator", "[Allocator] private HostOffset Other(ulong bytes) => default;"),
        Identity("MappedCount", "[MappedCount] private H Other(ulong count) => default;"),
        Identity("WriteObstacle", "[WriteObstacle] private string? Other => null;"),
        Identity("WriteOrder", "private int Other => 0;", OrderLine),
        Identity("DirtyMark", "private int Other => 0;", "[DirtyMark(\"Flags\", F.A)]"),
        (ProblemKind.MarkerUnsuitable, ToIdentity("[Create] private static H New(O options) => default;"),
            "'T' declares Create, which means something only with a lookup through tables or an identity without a header"),
        (ProblemKind.MarkerUnsuitable, [.. ToIdentity($"{Method} [Resize] private H Other(ulong bytes) => default;"), ("[IdentityLookup]", "")],
            "'T' declares Resize, which means something only with a lookup through tables or an identity"),
        (ProblemKind.MarkerUnsuitable,
            ToIdentity("[Creating] private ValueTask Other(O options, CancellationToken cancellation) => default;"),
            "'T' declares Creating, which means something only with Create and a lookup through tables"),
        Case(ProblemKind.MarkedSignature, "private int Other => 0;",
            "[Creating] private ValueTask Other(CancellationToken cancellation) => default;",
            "'Other', marked Creating, must have the signature System.Threading.Tasks.ValueTask (O, System.Threading.CancellationToken)"),
        (ProblemKind.MarkerUnsuitable, ToIdentity("[ClusterSize] private uint Other => 1;"),
            "'T' declares ClusterSize, which means something only with another lookup"),
        Case(ProblemKind.MarkedType, "ulong Disk", "int Disk", "'Disk', marked GuestSize, must be an instance property of type ulong or uint"),
        Case(ProblemKind.MarkedType, "private ulong Disk", "private static ulong Disk", "'Disk', marked GuestSize, must be an instance property of type ulong or uint"),
        Case(ProblemKind.MarkedType, "ulong Disk =>", "ulong this[int index] =>", "'this[]', marked GuestSize, must be an instance property of type ulong or uint"),
        Case(ProblemKind.MarkedType, "HostRange Name", "GuestRange Name", "'Name', marked BackingName, must be an instance property of type BlockGen.HostRange"),
        Case(ProblemKind.MarkedType, "string? Obstacle => null", "bool Obstacle => true", "'Obstacle', marked WriteObstacle, must be an instance property of type string or string?"),
        Case(ProblemKind.MarkedSignature, "Take(ulong bytes)", "Take(uint bytes)", "'Take', marked Allocator, must have the signature BlockGen.HostOffset (ulong)"),
        Case(ProblemKind.MarkedSignature, "H Size(ulong bytes)", "ulong Size(ulong bytes)", "'Size', marked Resize, must have the signature H (ulong)"),
        Case(ProblemKind.MarkedSignature, "ValueTask More(Canc", "Task More(Canc", "'More', marked Opening, must have the signature System.Threading.Tasks.ValueTask (System.Threading.CancellationToken)"),
        Case(ProblemKind.MarkedSignature, "H New(O", "L New(O", "'New', marked Create, must have the signature static H (options)"),
        Case(ProblemKind.MarkedSignature, "Measure(O options)", "Measure(NoOptions options)", "'Measure', marked Measure, must have the signature static FileMeasure (O)"),
        Case(ProblemKind.MarkedSignature, "FileMeasure Measure(", "ulong Measure(", "'Measure', marked Measure, must have the signature static FileMeasure (O)"),
        Case(ProblemKind.MarkedSignature, "static H New(O", "H New(O", "'New', marked Create, must have the signature static H (options)"),
        Case(ProblemKind.MarkedHidden, "[Preallocate] public bool", "[Preallocate] private bool", "'Full', marked Preallocate, must be internal or public: the driver reads it"),
        Case(ProblemKind.MarkedHidden, "bool Full { get;", "bool Full { private get;", "'Full', marked Preallocate, must be internal or public: the driver reads it"),
        Case(ProblemKind.StepMissing, "Step.MarkDirty, ", "", "The write order of 'T' lacks the step MarkDirty"),
        Case(ProblemKind.StepMissing, "Step.Header, ", "", "The write order of 'T' lacks the step Header"),
        Case(ProblemKind.StepMissing, ", Step.Root", "", "The write order of 'T' lacks the step Root"),
        Case(ProblemKind.StepRepeated, "Step.Leaf,", "Step.Leaf, Step.Leaf,", "The write order of 'T' has the step Leaf twice"),
        Case(ProblemKind.StepUnsuitable, "[DirtyMark(\"Flags\", F.A)]", "", "The write order of 'T' has the step MarkDirty, for which nothing is declared"),
        Case(ProblemKind.StepUnsuitable, "[MappedCount] ", "", "The write order of 'T' has the step Header, for which nothing is declared"),
        Case(ProblemKind.StepOrder, "Step.MarkDirty, Step.Data", "Step.Data, Step.MarkDirty", "The write order of 'T' must have the step MarkDirty before Data"),
        Case(ProblemKind.StepOrder, "Step.Leaf, Step.Flush, Step.Root", "Step.Root, Step.Flush, Step.Leaf", "The write order of 'T' must have the step Leaf before Root"),
        Case(ProblemKind.BarrierMissing, "Step.Header, Step.Flush", "Step.Header",
            "The write order of 'T' must have a Flush between Data and Leaf: a power cut could keep the later and lose the earlier"),
        Case(ProblemKind.BarrierMissing, "Step.Leaf, Step.Flush", "Step.Leaf",
            "The write order of 'T' must have a Flush between Leaf and Root: a power cut could keep the later and lose the earlier"),
        Case(ProblemKind.DirtyMarkFlag, "F.A)", "G.A)", "The dirty mark of 'T' must be a flag of the type of field 'Flags'"),
        Case(ProblemKind.DirtyMarkFlag, "\"Flags\", F.A", "\"Bytes\", 0", "The dirty mark of 'T' must be a flag of the type of field 'Bytes'"),
        Case(ProblemKind.DirtyMarkFlag, "\"Flags\", F.A", "\"Bytes\", 1L << 32", "The dirty mark of 'T' must be a flag of the type of field 'Bytes'"),
        Case(ProblemKind.DirtyMarkFlag, "\"Flags\", F.A", "\"Small\", 128", "The dirty mark of 'T' must be a flag of the type of field 'Small'"),
        Case(ProblemKind.DirtyMarkFlag, "\"Flags\", F.A", "\"Root\", 1", "The dirty mark of 'T' must be a flag of the type of field 'Root'"),
        Case(ProblemKind.DirtyMarkFlag, "\"Flags\", F.A", "\"Bytes\", \"dirty\"", "The dirty mark of 'T' must be a flag of the type of field 'Bytes'"),
        Case(ProblemKind.DirtyMarkValues, "\"Flags\", F.A)", "\"Flags\", F.A, Clean = F.A)",
            "The dirty mark of 'T' must have two different values of the type of field 'Flags', one for a clean image"),
        Case(ProblemKind.DirtyMarkValues, "\"Flags\", F.A)", "\"Flags\", F.A, Clean = G.A)",
            "The dirty mark of 'T' must have two different values of the type of field 'Flags', one for a clean image"),
        Case(ProblemKind.DirtyMarkValues, "\"Flags\", F.A)", "\"Bytes\", 0, Clean = 1L << 32)",
            "The dirty mark of 'T' must have two different values of the type of field 'Bytes', one for a clean image"),
        Case(ProblemKind.DirtyMarkValues, "\"Flags\", F.A)", "\"Bytes\", -1, Clean = 0)",
            "The dirty mark of 'T' must have two different values of the type of field 'Bytes', one for a clean image"),
        Case(ProblemKind.DirtyMarkValues, "\"Flags\", F.A)", "\"Small\", 128, Clean = 0)",
            "The dirty mark of 'T' must have two different values of the type of field 'Small', one for a clean image"),
        Case(ProblemKind.DirtyMarkValues, "\"Flags\", F.A)", "\"Bytes\", 1, Clean = \"clean\")",
            "The dirty mark of 'T' must have two different values of the type of field 'Bytes', one for a clean image"),
    ];

    private static (ProblemKind Kind, (string Old, string New)[] Edits, string Message) Case(
        ProblemKind kind, string old, string replacement, string message) => (kind, [(old, replacement)], message);

    /// <summary>A marker that a driver with an identity lookup has no use for.</summary>
    private static (ProblemKind Kind, (string Old, string New)[] Edits, string Message) Identity(
        string marker, string member, string attribute = "") =>
        (ProblemKind.MarkerUnsuitable, ToIdentity(member, attribute),
            $"'T' declares {marker}, which means something only with a lookup through tables");

    private static (string Old, string New)[] ToIdentity(string member, string attribute = "")
    {
        int body = Sound.IndexOf("[ClusterSize]", StringComparison.Ordinal);
        int end = Sound.IndexOf("private int Other", StringComparison.Ordinal);
        return
        [
            (Sound[body..end], ""),
            (OrderLine, attribute),
            ("[DirtyMark(\"Flags\", F.A)]\npublic", "public"),
            (LookupLine, "[IdentityLookup]"),
            ("private int Other => 0;", member),
        ];
    }
}
