using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>Reads a disk structure's declaration.</summary>
internal static class DiskStructParser
{
    /// <summary>Headers are small; this bounds what a slip of the pen can make every reader allocate.</summary>
    private const int MaxBytes = 1 << 20;

    private static readonly ImmutableArray<string> Properties = ["Size", "Fields"];

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Methods =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["Read"] = ["System.ReadOnlySpan<byte>"],
            ["HasMagic"] = ["System.ReadOnlySpan<byte>"],
            ["Verify"] = ["System.ReadOnlySpan<byte>"],
            ["Write"] = ["System.Span<byte>"],
            ["Validate"] = [],
            ["WithoutUnknownBits"] = [],
            ["Describe"] = [],
        }.ToImmutableDictionary();

    public static Parsed<DiskStructModel> Parse(INamedTypeSymbol type, CancellationToken cancellation) =>
        Parse(type, [], cancellation);

    private static Parsed<DiskStructModel> Parse(
        INamedTypeSymbol type, ImmutableArray<INamedTypeSymbol> around, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ProblemList problems = new(type);
        AttributeData? declaration = type.Declared("DiskStruct");
        if (declaration is null || declaration.IsBroken() || declaration.Positional(0)?.AsMember() is not { } order)
        {
            return problems.Failure<DiskStructModel>();
        }

        DeclaredType declared = TypeParser.Parse(type, "record struct", problems);
        if (type is not { TypeKind: TypeKind.Struct, IsRecord: true, IsReadOnly: true })
        {
            problems.Add(ProblemKind.NotReadonlyRecordStruct, type, type.Name);
        }

        ImmutableArray<IPropertySymbol> properties = [.. type.GetMembers().OfType<IPropertySymbol>().Where(IsField)];
        ImmutableArray<string> taken =
        [
            .. Properties,
            .. properties.Where(HasOneMagic).Select(property => property.Name + "Value"),
        ];
        TypeParser.RequireFreeNames(type, taken, Methods, problems);
        RequireOneDeclaration(type, properties, problems);

        FieldParser parser = new(
            type,
            properties.Select(property => property.Name).ToImmutableHashSet(),
            problems,
            structure => Nested(structure, around.Add(type), cancellation));
        foreach (IPropertySymbol property in properties)
        {
            parser.Parse(property, cancellation);
        }

        int size = CheckedSize(type, declaration, parser.End, problems);
        EquatableArray<FieldModel> fields = ChecksumParser.Parse(properties, parser.Fields, size, problems);
        return problems.Result(new DiskStructModel(declared, order == "Big", size, fields));
    }

    /// <summary>Whether a field has the one magic that a constant is generated for.</summary>
    private static bool HasOneMagic(IPropertySymbol property) =>
        property.Declared().Count(attribute => attribute.Name() == "Magic") == 1;

    /// <summary>Whether a property is a field: it has both accessors, one to read it and one to set it.</summary>
    private static bool IsField(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, GetMethod: not null, SetMethod: not null }
        && property.ExplicitInterfaceImplementations.IsEmpty;

    private static void RequireOneDeclaration(
        INamedTypeSymbol type, ImmutableArray<IPropertySymbol> properties, ProblemList problems)
    {
        if (properties.IsEmpty)
        {
            problems.Add(ProblemKind.NoFields, type, type.Name);
            return;
        }

        IEnumerable<SyntaxNode?> declarations = properties
            .SelectMany(property => property.DeclaringSyntaxReferences)
            .Select(reference => (SyntaxNode?)reference.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>());
        if (declarations.Distinct().Count() > 1)
        {
            problems.Add(ProblemKind.FieldsInSeveralDeclarations, type, type.Name);
        }

        foreach (ISymbol member in type.GetMembers().Where(member => member is IFieldSymbol { IsRequired: true }))
        {
            problems.Add(ProblemKind.FieldTypeUnsupported, member, member.Name, ((IFieldSymbol)member).Type.ToDisplayString());
        }
    }

    private static int CheckedSize(INamedTypeSymbol type, AttributeData declaration, long end, ProblemList problems)
    {
        long size = declaration.Named("Size")?.Value is int declared ? declared : end;
        if (size < end)
        {
            problems.Add(ProblemKind.SizeTooSmall, declaration, type.Name, $"{size}", $"{end}");
            return 0;
        }

        if (size > MaxBytes)
        {
            problems.Add(ProblemKind.StructTooLarge, declaration, type.Name, $"{size}", $"{MaxBytes}");
            return 0;
        }

        return (int)size;
    }

    private static NestedStruct? Nested(
        INamedTypeSymbol type, ImmutableArray<INamedTypeSymbol> around, CancellationToken cancellation)
    {
        if (around.Contains(type, SymbolEqualityComparer.Default))
        {
            return null;
        }

        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            // Another assembly shows only what it makes public, so its fields cannot be counted.
            return type.Declared("DiskStruct")?.Named("Size")?.Value is int size and > 0
                ? new NestedStruct(size, HasChecksum: true, HasBitsToClear: true)
                : null;
        }

        return Parse(type, around, cancellation).Model is { } model
            ? new NestedStruct(model.Size, model.Fields.Any(HasChecksum), model.Fields.Any(HasBitsToClear))
            : null;
    }

    private static bool HasChecksum(FieldModel field) =>
        field.Checksum is not null || Inner(field.Type) is { HasChecksum: true };

    private static bool HasBitsToClear(FieldModel field) =>
        field.Rules.Any(rule => rule is RuleModel.FeatureBits { Policy: "Clear" })
        || Inner(field.Type) is { HasBitsToClear: true };

    private static FieldType.Struct? Inner(FieldType type) =>
        type as FieldType.Struct ?? (type as FieldType.Array)?.Element as FieldType.Struct;
}
