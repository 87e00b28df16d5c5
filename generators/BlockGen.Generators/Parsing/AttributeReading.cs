using System.Globalization;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the library's attributes; they are known by name only.</summary>
internal static class AttributeReading
{
    /// <summary>The library's attributes on a symbol, in source order.</summary>
    public static IEnumerable<AttributeData> Declared(this ISymbol symbol) =>
        symbol.GetAttributes().Where(attribute => attribute.AttributeClass is { } type && type.IsOfLibrary());

    /// <summary>The attribute called <paramref name="name"/>, without its suffix.</summary>
    public static AttributeData? Declared(this ISymbol symbol, string name) =>
        symbol.Declared().FirstOrDefault(attribute => attribute.Name() == name);

    /// <summary>The attribute's name without its suffix.</summary>
    public static string Name(this AttributeData attribute)
    {
        const string Suffix = "Attribute";
        string name = attribute.AttributeClass?.Name ?? "";
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    /// <summary>Whether the compiler rejects the attribute or one of its arguments.</summary>
    public static bool IsBroken(this AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(IsBroken)
        || attribute.NamedArguments.Any(argument => IsBroken(argument.Value));

    public static string? Text(this AttributeData attribute, string name) => attribute.Named(name)?.Value as string;

    public static ulong? Number(this AttributeData attribute, string name) => attribute.Named(name)?.AsNumber();

    public static bool Flag(this AttributeData attribute, string name) => attribute.Named(name)?.Value is true;

    public static TypedConstant? Named(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>The positional argument, or null where there are fewer.</summary>
    public static TypedConstant? Positional(this AttributeData attribute, int index) =>
        index < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[index] : null;

    /// <summary>The number's bits, sign-extended to 64; null when it is no integer.</summary>
    public static ulong? AsNumber(this TypedConstant constant) =>
        constant.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum ? Bits(constant.Value) : null;

    public static ulong? Bits(object? value) => value switch
    {
        byte or ushort or uint or ulong => Convert.ToUInt64(value, CultureInfo.InvariantCulture),
        sbyte or short or int or long => unchecked((ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>Whether the constant is an integer below zero.</summary>
    public static bool IsNegative(this TypedConstant constant) =>
        constant.Value is sbyte or short or int or long
        && Convert.ToInt64(constant.Value, CultureInfo.InvariantCulture) < 0;

    /// <summary>The enum member that an argument names; null when the number is no member.</summary>
    public static string? AsMember(this TypedConstant constant) =>
        constant is { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type }
            ? type.GetMembers().OfType<IFieldSymbol>()
                .FirstOrDefault(member => member.HasConstantValue && Equals(member.ConstantValue, constant.Value))?.Name
            : null;

    private static bool IsBroken(TypedConstant constant) =>
        constant.Kind is TypedConstantKind.Error
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsBroken));

    private static bool IsOfLibrary(this INamedTypeSymbol type) =>
        type.ContainingType is null
        && type.ContainingNamespace is { Name: Vocabulary.Library, ContainingNamespace.IsGlobalNamespace: true };
}
