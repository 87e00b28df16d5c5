using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What a format is found by.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its class.</param>
/// <param name="Magics">The bytes that an image of it has: one of these sets.</param>
/// <param name="Location">Its declaration.</param>
internal sealed record FormatIdentity(
    string Name, string TypeName, ImmutableArray<FixedBytes> Magics, Location Location)
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
            layout is null ? [] : MagicsOf(layout),
            syntax.SyntaxTree.GetLocation(syntax.Span));
    }

    /// <summary>Whether an image of the other format would be taken for one of this.</summary>
    public bool Recognises(FormatIdentity other) =>
        Magics.Any(own => other.Magics.Any(magic => !own.IsEmpty && magic.Includes(own)));

    private static ImmutableArray<FixedBytes> MagicsOf(DiskStructModel layout)
    {
        ImmutableArray<FixedBytes> magics = [FixedBytes.None];
        foreach (FieldModel field in layout.Fields)
        {
            foreach (RuleModel rule in field.Rules)
            {
                RuleModel[] alternatives = rule is RuleModel.AnyMagic any ? [.. any.Magics] : [rule];
                magics =
                [
                    .. magics.SelectMany(magic => alternatives.Select(alternative =>
                        magic.With(field.Offset, BytesOf(alternative, field.Size, layout.IsBigEndian)))),
                ];
            }
        }

        return magics;
    }

    private static byte[] BytesOf(RuleModel rule, int size, bool isBigEndian)
    {
        switch (rule)
        {
            case RuleModel.MagicText text:
                return Array.ConvertAll(text.Text.ToCharArray(), character => (byte)character);
            case RuleModel.MagicNumber number:
                byte[] bytes = new byte[size];
                for (int i = 0; i < size; i++)
                {
                    bytes[i] = (byte)(number.Value >> (8 * (isBigEndian ? size - 1 - i : i)));
                }

                return bytes;
            default:
                return [];
        }
    }
}
