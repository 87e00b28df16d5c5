using System.Collections.Immutable;

namespace BlockGen.Generators;

/// <summary>The types that generated code names, and where they live.</summary>
internal static class Vocabulary
{
    public const string Library = "BlockGen";

    public static ImmutableDictionary<string, string> Namespaces { get; } = new Dictionary<string, string>
    {
        ["Guid"] = "System",
        ["Int128"] = "System",
        ["ReadOnlySpan"] = "System",
        ["Span"] = "System",
        ["UInt128"] = "System",
        ["BinaryPrimitives"] = "System.Buffers.Binary",
        ["GeneratedCode"] = "System.CodeDom.Compiler",
        ["IReadOnlyDictionary"] = "System.Collections.Generic",
        ["IReadOnlyList"] = "System.Collections.Generic",
        ["MethodImpl"] = "System.Runtime.CompilerServices",
        ["MethodImplOptions"] = "System.Runtime.CompilerServices",
        ["Unsafe"] = "System.Runtime.CompilerServices",
        ["Volatile"] = "System.Threading",
        ["BitConverter"] = "System",
        ["ByteOrder"] = Library,
        ["ChecksumKind"] = Library,
        ["Checksums"] = Library,
        ["DiskArray"] = Library,
        ["DiskArrays"] = Library,
        ["DiskText"] = Library,
        ["FieldLayout"] = Library,
        ["HostOffset"] = Library,
        ["IDiskStruct"] = Library,
        ["IOptionSet"] = Library,
        ["ITableEntry"] = Library,
        ["ImageFormat"] = Library,
        ["LayoutFault"] = Library,
        ["LayoutRules"] = Library,
        ["MappingKind"] = Library,
        ["OptionInfo"] = Library,
        ["OptionReader"] = Library,
        ["TextEncoding"] = Library,
    }.ToImmutableDictionary();
}
