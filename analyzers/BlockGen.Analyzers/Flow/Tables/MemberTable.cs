using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>
/// Which members matter to the rules: the built-in tables and those of the project. A member is found under its own
/// type, the types that it inherits from and the interfaces that it implements.
/// </summary>
internal sealed class MemberTable
{
    // By the name of the type, then by that of the member: most types are not there at all.
    private readonly Dictionary<string, Dictionary<string, MemberRoles>> _types;
    private readonly ConcurrentDictionary<ISymbol, MemberRoles> _found = new(SymbolEqualityComparer.Default);

    private MemberTable(Dictionary<string, Dictionary<string, MemberRoles>> types) => _types = types;

    /// <summary>The table made of the lines of several texts.</summary>
    public static MemberTable Read(IEnumerable<string> texts)
    {
        Dictionary<string, Dictionary<string, MemberRoles>> types = new(StringComparer.Ordinal);
        foreach (TableLine line in texts.SelectMany(TableLine.ReadAll))
        {
            int dot = line.Member.LastIndexOf('.');
            string type = line.Member.Substring(0, Math.Max(dot, 0));
            string name = line.Member.Substring(dot + 1);
            if (!types.TryGetValue(type, out Dictionary<string, MemberRoles>? members))
            {
                types[type] = members = new Dictionary<string, MemberRoles>(StringComparer.Ordinal);
            }

            members[name] = members.TryGetValue(name, out MemberRoles? known) ? known.And(line.Roles) : line.Roles;
        }

        return new MemberTable(types);
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
            ? $"{space.FullName()}.{type.Name}"
            : type.Name;

    private MemberRoles Find(ISymbol member)
    {
        string name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new" : member.Name;
        foreach (INamedTypeSymbol type in TypesOf(member))
        {
            if (_types.TryGetValue(NameOf(type), out Dictionary<string, MemberRoles>? members)
                && Find(members, name) is { } roles)
            {
                return roles;
            }
        }

        return _types.TryGetValue(member.ContainingNamespace.FullName(), out Dictionary<string, MemberRoles>? space)
            && space.TryGetValue("**", out MemberRoles? all)
                ? all
                : MemberRoles.None;
    }

    /// <summary>
    /// What a type's lines say of a member: the line with its name, or else the longest that ends in "*",
    /// and both when the former says only how parameters are used.
    /// </summary>
    private static MemberRoles? Find(Dictionary<string, MemberRoles> members, string name)
    {
        MemberRoles? prefixed = null;
        for (int length = name.Length; length >= 0 && prefixed is null; length--)
        {
            members.TryGetValue(name.Substring(0, length) + "*", out prefixed);
        }

        return !members.TryGetValue(name, out MemberRoles? exact) ? prefixed
            : prefixed is not null && exact.HasNone ? exact.And(prefixed)
            : exact;
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
