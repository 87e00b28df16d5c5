using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the header's dirty mark.</summary>
internal static class DirtyMarkParser
{
    public static DirtyMarkModel? Parse(
        INamedTypeSymbol type, INamedTypeSymbol? header, DriverNames names, ProblemList problems)
    {
        if (type.Declared("DirtyMark") is not { } mark)
        {
            return null;
        }

        if (mark.IsBroken() || mark.Positional(0)?.Value is not string name || mark.Positional(1) is not { } flag)
        {
            problems.AddCompilerError();
            return null;
        }

        IPropertySymbol? field = header?.GetMembers(name).OfType<IPropertySymbol>()
            .FirstOrDefault(property => Visibility.IsVisible(property)
                && Visibility.IsVisible(property.GetMethod)
                && Visibility.IsVisible(property.SetMethod));
        if (field is null)
        {
            problems.Add(ProblemKind.HeaderMemberUnknown, mark, header?.Name ?? "no header", name, "DirtyMark");
            return null;
        }

        bool isEnum = field.Type.TypeKind is TypeKind.Enum;
        NumberType? number = FieldTypeParser.IsLibraryType(field.Type, field.Type.Name) ? null : FieldTypeParser.NumberOf(field.Type);
        bool sameType = SymbolEqualityComparer.Default.Equals(flag.Type, field.Type);
        if (number is null || flag.AsNumber() is not { } bits || !Fits(bits, number) || (isEnum && !sameType))
        {
            problems.Add(ProblemKind.DirtyMarkFlag, mark, type.Name, name);
            return null;
        }

        string fieldType = isEnum ? names.Of(field.Type) : number.Keyword;
        string value = $"({fieldType}){Literal.Hex(bits & Mask(number))}";
        value = number.IsSigned ? $"unchecked({value})" : value;
        return isEnum
            ? new DirtyMarkModel(
                Identifier.Escape(name),
                flag.AsMember() is { } member ? $"{fieldType}.{Identifier.Escape(member)}" : value,
                Cast: null)
            : new DirtyMarkModel(Identifier.Escape(name), value, number.Keyword);
    }

    /// <summary>Whether a flag, sign-extended to 64 bits, is one of the field's bits.</summary>
    private static bool Fits(ulong bits, NumberType number)
    {
        ulong own = bits & Mask(number);
        bool isNegative = number.IsSigned && (own >> (number.Size * 8 - 1)) == 1;
        return own != 0 && bits == (isNegative ? own | ~Mask(number) : own);
    }

    private static ulong Mask(NumberType number) => ulong.MaxValue >> (64 - number.Size * 8);
}
