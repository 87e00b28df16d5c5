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

        NumberType? number = FieldTypeParser.IsLibraryType(field.Type, field.Type.Name)
            ? null
            : FieldTypeParser.NumberOf(field.Type);
        TypedConstant? clean = mark.Named("Clean") is { IsNull: false } value ? value : null;
        bool isSound = IsValue(flag, field, number) && (clean is { } other
            ? IsValue(other, field, number) && flag.AsNumber() != other.AsNumber()
            : flag.AsNumber() is not 0);
        if (!isSound)
        {
            ProblemKind kind = clean is null ? ProblemKind.DirtyMarkFlag : ProblemKind.DirtyMarkValues;
            problems.Add(kind, mark, type.Name, name);
            return null;
        }

        return new DirtyMarkModel(
            Identifier.Escape(name),
            Expression(flag, field, number!, names),
            clean is null ? null : Expression(clean.Value, field, number!, names),
            field.Type.TypeKind is TypeKind.Enum ? null : number!.Keyword);
    }

    private static bool IsValue(TypedConstant constant, IPropertySymbol field, NumberType? number) =>
        number is not null
        && constant.AsNumber() is { } bits
        && Fits(bits, number)
        && (field.Type.TypeKind is not TypeKind.Enum
            || SymbolEqualityComparer.Default.Equals(constant.Type, field.Type));

    /// <summary>An expression for a constant, of the field's type.</summary>
    private static string Expression(
        TypedConstant constant, IPropertySymbol field, NumberType number, DriverNames names)
    {
        bool isEnum = field.Type.TypeKind is TypeKind.Enum;
        string fieldType = isEnum ? names.Of(field.Type) : number.Keyword;
        if (isEnum && constant.AsMember() is { } member)
        {
            return $"{fieldType}.{Identifier.Escape(member)}";
        }

        string value = $"({fieldType}){Literal.Hex(constant.AsNumber()!.Value & Mask(number))}";
        return number.IsSigned ? $"unchecked({value})" : value;
    }

    /// <summary>Whether a number, sign-extended to 64 bits, is one of the field's.</summary>
    private static bool Fits(ulong bits, NumberType number)
    {
        ulong own = bits & Mask(number);
        bool isNegative = number.IsSigned && (own >> (number.Size * 8 - 1)) == 1;
        return bits == (isNegative ? own | ~Mask(number) : own);
    }

    private static ulong Mask(NumberType number) => ulong.MaxValue >> (64 - number.Size * 8);
}
