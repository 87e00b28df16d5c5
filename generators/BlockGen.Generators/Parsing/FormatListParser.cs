using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the class that lists an assembly's formats, and what the list says of each.</summary>
internal static class FormatListParser
{
    public const string AttributeName = "BlockGen.FormatListAttribute";

    public const string FormatAttributeName = "BlockGen.ImageFormatAttribute";

    public static Parsed<FormatListModel> Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ProblemList problems = new(type);
        DeclaredType declared = TypeParser.Parse(type, "class", problems);
        if (type is not { TypeKind: TypeKind.Class, IsStatic: true })
        {
            problems.Add(ProblemKind.NotStaticClass, type, type.Name);
        }

        TypeParser.RequireFreeNames(type, ["All"], ImmutableDictionary<string, ImmutableArray<string>>.Empty, problems);
        return problems.Result(new FormatListModel(declared));
    }

    /// <summary>The format's line in the list; null for a class that no driver is generated for.</summary>
    public static FormatEntry? ParseFormat(INamedTypeSymbol type, CancellationToken cancellation) =>
        ImageParser.Parse(type, cancellation).Model is { } model
            ? new FormatEntry(model.FormatName, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
            : null;
}
