using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Compares where types can be named.</summary>
internal static class Visibility
{
    /// <summary>Whether a type can be named wherever the other one can.</summary>
    public static bool Covers(INamedTypeSymbol type, INamedTypeSymbol other)
    {
        Accessibility own = Narrowest(type);
        Accessibility needed = Narrowest(other);
        return own == needed || Rank(own) > Rank(needed);
    }

    /// <summary>Whether a member can be used in the rest of its assembly.</summary>
    public static bool IsVisible(ISymbol? member) => member is
    {
        DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal,
    };

    private static Accessibility Narrowest(INamedTypeSymbol type)
    {
        Accessibility narrowest = type.DeclaredAccessibility;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (Rank(outer.DeclaredAccessibility) < Rank(narrowest))
            {
                narrowest = outer.DeclaredAccessibility;
            }
        }

        return narrowest;
    }

    private static int Rank(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Public => 4,
        Accessibility.ProtectedOrInternal => 3,
        Accessibility.Internal or Accessibility.Protected => 2,
        Accessibility.ProtectedAndInternal => 1,
        _ => 0,
    };
}
