using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What a format is found by.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its class.</param>
/// <param name="Magic">The bytes that every image of it has, by their offset.</param>
/// <param name="Location">Its declaration.</param>
internal sealed record FormatIdentity(
    string Name, string TypeName, ImmutableDictionary<int, byte> Magic, Location Location)
{
    /// <summary>The order of generated format lists, and so the order in which formats are probed.</summary>
    public static IComparer<FormatIdentity> ProbeOrder { get; } = Comparer<FormatIdentity>.Create((left, right) =>
        string.CompareOrdinal(left.Name, right.Name) is var order and not 0
            ? order
            : string.CompareOrdinal(left.TypeName, right.TypeName));

    /// <summary>The identity of a format that would be generated; null for any other type.</summary>
    public static FormatIdentity? Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (type.Declared("ImageFormat") is not { ApplicationSyntaxReference: { } syntax } declaration
            || declaration.IsBroken()
            || declaration.Positional(0)?.Value is not string name)
        {
            return null;
        }

        INamedTypeSymbol? header = declaration.Named("Header")?.Value as INamedTypeSymbol;
        DiskStructModel? layout = header is null ? null : DiskStructParser.Parse(header, cancellation).Model;
        return new FormatIdentity(
            name,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(
                SymbolDisplayGlobalNamespaceStyle.Omitted)),
            layout is null ? ImmutableDictionary<int, byte>.Empty : MagicOf(layout),
            syntax.SyntaxTree.GetLocation(syntax.Span));
    }

    /// <summary>Whether each image of the other format would be taken for one of this.</summary>
    public bool Recognises(FormatIdentity other) =>
        !Magic.IsEmpty
        && Magic.All(pair => other.Magic.TryGetValue(pair.Key, out byte value) && value == pair.Value);

    private static ImmutableDictionary<int, byte> MagicOf(DiskStructModel layout)
    {
        ImmutableDictionary<int, byte>.Builder magic = ImmutableDictionary.CreateBuilder<int, byte>();
        foreach (FieldModel field in layout.Fields)
        {
            foreach (RuleModel rule in field.Rules)
            {
                ImmutableArray<byte> bytes = BytesOf(rule, field.Size, layout.IsBigEndian);
                for (int i = 0; i < bytes.Length; i++)
                {
                    magic[field.Offset + i] = bytes[i];
                }
            }
        }

        return magic.ToImmutable();
    }

    private static ImmutableArray<byte> BytesOf(RuleModel rule, int size, bool isBigEndian) => rule switch
    {
        RuleModel.MagicText text => [.. text.Text.Select(character => (byte)character)],
        RuleModel.MagicNumber number =>
        [
            .. Enumerable.Range(0, size).Select(index =>
                (byte)(number.Value >> (8 * (isBigEndian ? size - 1 - index : index)))),
        ],
        _ => [],
    };
}
