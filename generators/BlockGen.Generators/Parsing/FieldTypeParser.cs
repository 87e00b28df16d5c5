using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads a field's type.</summary>
internal sealed class FieldTypeParser(INamedTypeSymbol owner, ProblemList problems, Func<INamedTypeSymbol, NestedStruct?> nested)
{
    private const int GuidBytes = 16;

    /// <summary>The type and its size in bytes; null after reporting a problem.</summary>
    public (FieldType Type, long Size)? Parse(IPropertySymbol property)
    {
        AttributeData? text = property.Declared("FixedText");
        AttributeData? count = property.Declared("FixedCount");
        bool isText = property.Type.SpecialType is SpecialType.System_String;
        bool isArray = IsLibraryType(property.Type, "DiskArray");
        if (text is not null && !isText)
        {
            problems.Add(ProblemKind.RuleUnsuitable, text, property.Name, "FixedText", property.Type.ToDisplayString());
        }

        if (count is not null && !isArray)
        {
            problems.Add(ProblemKind.RuleUnsuitable, count, property.Name, "FixedCount", property.Type.ToDisplayString());
        }

        return isText ? ParseText(property, text)
            : isArray ? ParseArray(property, count)
            : ParseSingle(property, property.Type);
    }

    /// <summary>The integer behind a type: itself, an enum's underlying type, an offset's value.</summary>
    public static NumberType? NumberOf(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { EnumUnderlyingType: { } underlying } => NumberOf(underlying),
        _ when IsLibraryType(type, "HostOffset") || IsLibraryType(type, "GuestOffset") => Number(SpecialType.System_UInt64),
        _ => Number(type.SpecialType),
    };

    public static bool IsLibraryType(ITypeSymbol type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: Vocabulary.Library, ContainingNamespace.IsGlobalNamespace: true } }
        && type.Name == name;

    private (FieldType Type, long Size)? ParseText(IPropertySymbol property, AttributeData? text)
    {
        if (text is null)
        {
            problems.Add(ProblemKind.FixedTextMissing, property, property.Name);
            return null;
        }

        if (text.IsBroken() || text.Positional(0)?.Value is not int bytes)
        {
            problems.AddCompilerError();
            return null;
        }

        string? encoding = text.Named("Encoding") is { } named ? named.AsMember() : "Ascii";
        if (bytes <= 0 || encoding is null || (encoding == "Utf16" && bytes % 2 != 0))
        {
            problems.Add(ProblemKind.FixedTextInvalid, text, property.Name, $"{bytes}");
            return null;
        }

        return (new FieldType.Text(encoding), bytes);
    }

    private (FieldType Type, long Size)? ParseArray(IPropertySymbol property, AttributeData? count)
    {
        if (count is null)
        {
            problems.Add(ProblemKind.FixedCountMissing, property, property.Name);
            return null;
        }

        if (count.IsBroken() || count.Positional(0)?.Value is not int items)
        {
            problems.AddCompilerError();
            return null;
        }

        if (items <= 0)
        {
            problems.Add(ProblemKind.FixedCountInvalid, count, property.Name, $"{items}");
            return null;
        }

        if (((INamedTypeSymbol)property.Type).TypeArguments.FirstOrDefault() is not { TypeKind: not TypeKind.Enum } element)
        {
            problems.Add(ProblemKind.FieldTypeUnsupported, property, property.Name, property.Type.ToDisplayString());
            return null;
        }

        return ParseSingle(property, element) is var (type, size)
            ? (new FieldType.Array(type, items), size * items)
            : null;
    }

    private (FieldType Type, long Size)? ParseSingle(IPropertySymbol property, ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Error)
        {
            problems.AddCompilerError();
            return null;
        }

        if (NumberOf(type) is { } number && !IsLibraryType(type, "GuestOffset"))
        {
            string? enumName = type.TypeKind is TypeKind.Enum ? TypeParser.NameOf(type, owner) : null;
            return (new FieldType.Integer(number, enumName, IsLibraryType(type, "HostOffset")), number.Size);
        }

        if (type is { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
        {
            return (new FieldType.Guid(), GuidBytes);
        }

        if (type is not INamedTypeSymbol structure || structure.Declared("DiskStruct") is null)
        {
            problems.Add(ProblemKind.FieldTypeUnsupported, property, property.Name, type.ToDisplayString());
            return null;
        }

        if (nested(structure) is not { } inner)
        {
            problems.Add(ProblemKind.NestedStructMalformed, property, property.Name, type.ToDisplayString());
            return null;
        }

        return (
            new FieldType.Struct(TypeParser.NameOf(type, owner), inner.HasChecksum, inner.HasBitsToClear),
            inner.Size);
    }

    private static NumberType? Number(SpecialType type) => type switch
    {
        SpecialType.System_Byte => new NumberType("byte", "Byte", 1, IsSigned: false),
        SpecialType.System_SByte => new NumberType("sbyte", "SByte", 1, IsSigned: true),
        SpecialType.System_UInt16 => new NumberType("ushort", "UInt16", 2, IsSigned: false),
        SpecialType.System_Int16 => new NumberType("short", "Int16", 2, IsSigned: true),
        SpecialType.System_UInt32 => new NumberType("uint", "UInt32", 4, IsSigned: false),
        SpecialType.System_Int32 => new NumberType("int", "Int32", 4, IsSigned: true),
        SpecialType.System_UInt64 => new NumberType("ulong", "UInt64", 8, IsSigned: false),
        SpecialType.System_Int64 => new NumberType("long", "Int64", 8, IsSigned: true),
        _ => null,
    };
}

/// <summary>What a structure needs to know of one inside it.</summary>
internal sealed record NestedStruct(int Size, bool HasChecksum, bool HasBitsToClear);
