using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Types that the rules know by name.</summary>
internal static class KnownTypes
{
    public static bool IsIn(this ITypeSymbol? type, string space, string name) =>
        type is not null && type.Name == name && type.ContainingNamespace.IsNamed(space);

    /// <summary>Whether a namespace has this full name; asked so often that writing the name out is too slow.</summary>
    public static bool IsNamed(this INamespaceSymbol? space, string name)
    {
        int end = name.Length;
        while (space is { IsGlobalNamespace: false })
        {
            string part = space.Name;
            int start = end - part.Length;
            if (start < 0
                || string.CompareOrdinal(name, start, part, 0, part.Length) != 0
                || (start > 0 && name[start - 1] != '.'))
            {
                return false;
            }

            if (start == 0)
            {
                return space.ContainingNamespace is { IsGlobalNamespace: true };
            }

            end = start - 1;
            space = space.ContainingNamespace;
        }

        return false;
    }

    /// <summary>The full name of a namespace; empty for the global one.</summary>
    public static string FullName(this INamespaceSymbol? space) => space switch
    {
        null or { IsGlobalNamespace: true } => "",
        { ContainingNamespace: { IsGlobalNamespace: false } outer } => $"{outer.FullName()}.{space.Name}",
        _ => space.Name,
    };

    public static bool IsGuestReadBuffer(this ITypeSymbol? type) => type.IsIn("BlockGen", "GuestReadBuffer");

    public static bool IsGuestWriteBuffer(this ITypeSymbol? type) => type.IsIn("BlockGen", "GuestWriteBuffer");

    public static bool IsGuestBuffer(this ITypeSymbol? type) => type.IsGuestReadBuffer() || type.IsGuestWriteBuffer();

    public static bool IsBounceBuffer(this ITypeSymbol? type) => type.IsIn("BlockGen", "BounceBuffer");

    /// <summary>An offset, which is a number with a name.</summary>
    public static bool IsOffset(this ITypeSymbol? type) =>
        type.IsIn("BlockGen", "HostOffset") || type.IsIn("BlockGen", "GuestOffset");

    public static bool IsTask(this ITypeSymbol? type) =>
        type is not null
        && (type.Name is "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable")
        && (type.ContainingNamespace.IsNamed("System.Threading.Tasks")
            || type.ContainingNamespace.IsNamed("System.Runtime.CompilerServices"));

    public static bool HasAttribute(this ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { } type && type.Name == name + "Attribute" && type.ContainingNamespace?.Name == "BlockGen");

    public static bool IsDiskStruct(this ITypeSymbol? type) => type is not null && type.HasAttribute("DiskStruct");

    public static bool IsTableEntry(this ITypeSymbol? type) => type is not null
        && (type.HasAttribute("TableEntry")
            || type.IsIn("BlockGen", "ITableEntry")
            || (type is ITypeParameterSymbol parameter
                && parameter.ConstraintTypes.Any(constraint => constraint.IsIn("BlockGen", "ITableEntry"))));

    /// <summary>Whether values of the type are bytes in a row, or lead to some.</summary>
    public static bool IsMemory(this ITypeSymbol? type) =>
        type is IArrayTypeSymbol or IPointerTypeSymbol
        || (type is INamedTypeSymbol { IsGenericType: true } named
            && (type.Name is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment" or "ReadOnlySequence")
            && named.ContainingNamespace?.Name is "System" or "Buffers");

    public static bool IsByteMemory(this ITypeSymbol? type) =>
        type.IsMemory()
        && type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            IPointerTypeSymbol pointer => pointer.PointedAtType,
            INamedTypeSymbol { TypeArguments: [ITypeSymbol element] } => element,
            _ => null,
        } is { SpecialType: SpecialType.System_Byte };
}
