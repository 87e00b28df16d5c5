using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>
/// Looks simple names up as C# does in one type: members of the types around, then each namespace outwards. It answers
/// many questions about the same place, so it asks the compiler for that place's namespaces once.
/// </summary>
internal sealed class NameLookup
{
    private readonly ImmutableArray<INamedTypeSymbol> _types;
    private readonly ImmutableArray<(INamespaceSymbol Symbol, string Name)> _spaces;

    public NameLookup(INamedTypeSymbol place)
    {
        _types = [.. TypeParser.Enclosing(place)];
        _spaces = [.. Spaces(place)];
    }

    /// <summary>The words that mean something else here than the generator means, in order.</summary>
    /// <param name="words">Words and the namespaces of their types.</param>
    public IEnumerable<string> Shadowed(IEnumerable<KeyValuePair<string, string>> words) => words
        .Where(word => IsShadowed(word.Key, word.Value))
        .Select(word => word.Key)
        .OrderBy(word => word, StringComparer.Ordinal);

    /// <summary>Whether something nearer than the type of that name in a namespace has the name.</summary>
    public bool IsShadowed(string name, string home)
    {
        foreach (INamedTypeSymbol type in _types)
        {
            bool isOther = type.Name == name
                ? DisplayName(type.ContainingNamespace) != home
                : !type.GetMembers(name).IsEmpty;
            if (isOther)
            {
                return true;
            }
        }

        foreach ((INamespaceSymbol space, string spaceName) in _spaces)
        {
            if (spaceName == home)
            {
                return false;
            }

            if (space.GetMembers(name).Any())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A namespace's name; empty for the global one.</summary>
    public static string DisplayName(INamespaceSymbol? space) =>
        space is null or { IsGlobalNamespace: true } ? "" : space.ToDisplayString();

    private static IEnumerable<(INamespaceSymbol, string)> Spaces(INamedTypeSymbol place)
    {
        for (INamespaceSymbol? space = place.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            yield return (space, DisplayName(space));
        }
    }
}
