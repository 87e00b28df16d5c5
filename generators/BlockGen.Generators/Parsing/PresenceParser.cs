using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads <c>PresentIf</c>.</summary>
internal static class PresenceParser
{
    public static PresenceModel? Parse(
        IPropertySymbol property,
        ImmutableHashSet<string> fieldNames,
        IReadOnlyList<FieldModel> before,
        INamedTypeSymbol owner,
        ProblemList problems)
    {
        if (property.Declared("PresentIf") is not { } attribute)
        {
            return null;
        }

        if (attribute.IsBroken() || attribute.Positional(0)?.Value is not string member || attribute.Positional(1) is not { } value)
        {
            problems.AddCompilerError();
            return null;
        }

        if (before.FirstOrDefault(field => field.Name == member) is not { } decider)
        {
            ProblemKind kind = fieldNames.Contains(member)
                ? ProblemKind.PresentIfLooksAhead
                : ProblemKind.PresentIfMemberUnknown;
            problems.Add(kind, attribute, property.Name, member);
            return null;
        }

        if (decider.Type is not FieldType.Integer { IsHostOffset: false } type)
        {
            problems.Add(ProblemKind.PresentIfMemberUnknown, attribute, property.Name, member);
            return null;
        }

        IPropertySymbol deciding = owner.GetMembers(member).OfType<IPropertySymbol>().First();
        bool isFlag = deciding.Declared("FeatureBits") is not null || IsFlags(deciding.Type);
        if (value.AsNumber() is not { } bits || !Fits(value, bits, type.Number) || (isFlag && bits == 0))
        {
            problems.Add(ProblemKind.PresentIfValue, attribute, property.Name, member);
            return null;
        }

        string? named = value.AsMember();
        bool isOwnEnum = SymbolEqualityComparer.Default.Equals(value.Type, deciding.Type);
        string number = value.IsNegative()
            ? unchecked((long)bits).ToString(CultureInfo.InvariantCulture)
            : isFlag ? $"0x{bits:X}" : bits.ToString(CultureInfo.InvariantCulture);
        string code = type.EnumName is null ? number
            : isOwnEnum && named is not null ? $"{type.EnumName}.{Identifier.Escape(named)}"
            : $"({type.EnumName})({number})";
        return new PresenceModel(member, type, code, named ?? number, isFlag, decider.Presence);
    }

    private static bool IsFlags(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Enum
        && type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute");

    private static bool Fits(TypedConstant value, ulong bits, NumberType number) =>
        value.IsNegative()
            ? number.IsSigned && unchecked((long)bits) >= -(long)number.Max - 1
            : bits <= number.Max;
}
