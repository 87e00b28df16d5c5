using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the member that a rule compares a field with.</summary>
internal static class RuleMemberParser
{
    /// <summary>The member, or null when its type cannot be compared with the field's.</summary>
    public static RuleMember? Parse(ISymbol member, FieldType.Integer field)
    {
        ITypeSymbol type = member is IFieldSymbol variable ? variable.Type : ((IPropertySymbol)member).Type;
        string? wide = Wide(type);
        NumberType? number = FieldTypeParser.NumberOf(type);
        if (wide is null && number is null)
        {
            return null;
        }

        bool fieldIsSigned = field.Number.IsSigned;
        if (wide == "UInt128" && fieldIsSigned)
        {
            return null;
        }

        string value = type.TypeKind is TypeKind.Enum ? $"({number!.Keyword}){{0}}"
            : wide is null && type.SpecialType is SpecialType.None ? "{0}.Value"
            : "{0}";
        return new RuleMember(member.Name, value, CompareAs(member, wide, number, fieldIsSigned));
    }

    private static string? CompareAs(ISymbol member, string? wide, NumberType? number, bool fieldIsSigned)
    {
        if (wide is not null)
        {
            // Every field converts to either by itself.
            return null;
        }

        bool memberIsSigned = number!.IsSigned;
        if (memberIsSigned != fieldIsSigned)
        {
            return "Int128";
        }

        // Against a constant the compiler would prove the outcome, or a division by zero, and refuse or warn.
        bool isConstant = member is IFieldSymbol { IsConst: true };
        return !isConstant ? null : fieldIsSigned ? "Int128" : "UInt128";
    }

    private static string? Wide(ITypeSymbol type) =>
        type is { Name: "UInt128" or "Int128", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            ? type.Name
            : null;
}
