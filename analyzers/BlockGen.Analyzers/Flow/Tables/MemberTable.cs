using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>
/// Which members matter to the rules: the built-in tables and those of the project. A member is found under its own
/// type, the types that it inherits from and the interfaces that it implements.
/// </summary>
internal sealed class MemberTable
{
    private readonly ImmutableDictionary<string, MemberRoles> _entries;
    private readonly ConcurrentDictionary<ISymbol, MemberRoles> _found = new(SymbolEqualityComparer.Default);

    private MemberTable(ImmutableDictionary<string, MemberRoles> entries) => _entries = entries;

    /// <summary>The table made of the lines of several texts.</summary>
    public static MemberTable Read(IEnumerable<string> texts)
    {
        Dictionary<string, MemberRoles> entries = new(StringComparer.Ordinal);
        foreach (TableLine line in texts.SelectMany(TableLine.ReadAll))
        {
            entries[line.Member] = entries.TryGetValue(line.Member, out MemberRoles? known)
                ? known.And(line.Roles)
                : line.Roles;
        }

        return new MemberTable(entries.ToImmutableDictionary(StringComparer.Ordinal));
    }

    public MemberRoles Of(ISymbol member)
    {
        ISymbol original = member.OriginalDefinition;
        return _found.GetOrAdd(original, Find);
    }

    /// <summary>A type's name as the tables spell it: without type parameters.</summary>
    public static string NameOf(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{NameOf(outer)}.{type.Name}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? $"{space.ToDisplayString()}.{type.Name}"
            : type.Name;

    private MemberRoles Find(ISymbol member)
    {
        string name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new" : member.Name;
        foreach (INamedTypeSymbol type in TypesOf(member))
        {
            string typeName = NameOf(type);
            if (_entries.TryGetValue($"{typeName}.{name}", out MemberRoles? exact))
            {
                return exact;
            }

            for (int length = name.Length; length >= 0; length--)
            {
                if (_entries.TryGetValue($"{typeName}.{name.Substring(0, length)}*", out MemberRoles? prefixed))
                {
                    return prefixed;
                }
            }
        }

        string space = member.ContainingNamespace?.ToDisplayString() ?? "";
        return _entries.TryGetValue($"{space}.**", out MemberRoles? all) ? all : MemberRoles.None;
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(ISymbol member)
    {
        for (INamedTypeSymbol? type = member.ContainingType; type is not null; type = type.BaseType)
        {
            yield return type.OriginalDefinition;
        }

        foreach (INamedTypeSymbol type in member.ContainingType?.AllInterfaces ?? [])
        {
            yield return type.OriginalDefinition;
        }
    }
}
