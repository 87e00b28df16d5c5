using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the header's dirty mark.</summary>
internal static class DirtyMarkParser
{
    public static DirtyMarkModel? Parse(INamedTypeSymbol type, INamedTypeSymbol? header, ProblemList problems)
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
            .FirstOrDefault(property => property.SetMethod is not null);
        if (field is null)
        {
            problems.Add(ProblemKind.HeaderMemberUnknown, mark, header?.Name ?? "no header", name, "DirtyMark");
            return null;
        }

        bool isEnum = field.Type.TypeKind is TypeKind.Enum;
        NumberType? number = FieldTypeParser.NumberOf(field.Type);
        bool sameType = SymbolEqualityComparer.Default.Equals(flag.Type, field.Type);
        if (number is null || flag.AsNumber() is not { } bits || (isEnum && !sameType))
        {
            problems.Add(ProblemKind.DirtyMarkFlag, mark, type.Name, name);
            return null;
        }

        string fieldType = TypeParser.NameOf(field.Type, type);
        return isEnum
            ? new DirtyMarkModel(
                Identifier.Escape(name),
                flag.AsMember() is { } member ? $"{fieldType}.{Identifier.Escape(member)}" : $"({fieldType})0x{bits:x}",
                Cast: null)
            : new DirtyMarkModel(Identifier.Escape(name), $"({number.Keyword})0x{bits:x}", number.Keyword);
    }
}
