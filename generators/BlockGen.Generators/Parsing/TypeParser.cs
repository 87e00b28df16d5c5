using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>Reads what every generator needs to know of the type that it extends.</summary>
internal static class TypeParser
{
    private static readonly SymbolDisplayFormat NamespaceFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>The type as generated code declares it; reports types that cannot be extended.</summary>
    public static DeclaredType Parse(INamedTypeSymbol type, string keywords, ProblemList problems)
    {
        if (Enclosing(type).Any(outer => outer.IsGenericType || outer.IsFileLocal))
        {
            problems.Add(ProblemKind.NotExtendable, type, type.Name);
        }
        else if (Enclosing(type).Any(outer => !IsPartial(outer)))
        {
            problems.Add(ProblemKind.NotPartial, type, type.Name);
        }

        if (Enclosing(type).Any(outer => outer.Name.Length == 0) || HasNamelessNamespace(type))
        {
            problems.AddCompilerError();
        }

        if (type.Declared("DiskStruct") is not null && type.Declared("TableEntry") is not null)
        {
            problems.Add(ProblemKind.TwoDeclarations, type, type.Name);
        }

        return new DeclaredType(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(NamespaceFormat),
            Enclosing(type).Skip(1).Reverse().Select(Declaration).ToEquatableArray(),
            Identifier.Escape(type.Name),
            keywords,
            new NameLookup(type).Shadowed(Vocabulary.Namespaces).ToEquatableArray());
    }

    /// <summary>
    /// Whether this is the declaration that carries the type's attribute, the first where (an error) several do: one
    /// type gives one file.
    /// </summary>
    public static bool IsFirstDeclaration(GeneratorAttributeSyntaxContext context, string attribute)
    {
        SyntaxReference? first = context.TargetSymbol.Declared(attribute)?.ApplicationSyntaxReference;
        return first is not null
            && first.SyntaxTree == context.TargetNode.SyntaxTree
            && context.TargetNode.Span.Contains(first.Span);
    }

    /// <summary>Reports members of the author that carry the name of a generated one.</summary>
    /// <param name="type">The author's type.</param>
    /// <param name="properties">Generated properties.</param>
    /// <param name="methods">Generated methods with their parameter types, as C# displays them.</param>
    /// <param name="problems">Receives them.</param>
    public static void RequireFreeNames(
        INamedTypeSymbol type,
        ImmutableArray<string> properties,
        ImmutableDictionary<string, ImmutableArray<string>> methods,
        ProblemList problems)
    {
        if (properties.Contains(type.Name) || methods.ContainsKey(type.Name))
        {
            problems.Add(ProblemKind.MemberNameTaken, type, type.Name);
        }

        ImmutableArray<ISymbol> members = [.. type.OfAuthor()];
        bool isHalfWritten = members.Any(member => member.Name.Length == 0)
            || members.Where(member => member is not IMethodSymbol).GroupBy(member => member.Name).Any(group => group.Count() > 1);
        if (isHalfWritten)
        {
            problems.AddCompilerError();
        }

        foreach (ISymbol member in members)
        {
            bool taken = member is IMethodSymbol method
                ? properties.Contains(member.Name)
                    || (methods.TryGetValue(member.Name, out ImmutableArray<string> parameters)
                        && method.Parameters.Select(parameter => parameter.Type.ToDisplayString()).SequenceEqual(parameters))
                : properties.Contains(member.Name) || methods.ContainsKey(member.Name);
            if (taken)
            {
                problems.Add(ProblemKind.MemberNameTaken, member, member.Name);
            }
        }
    }

    /// <summary>The name of a type as it is understood inside <paramref name="place"/>.</summary>
    public static string NameOf(ITypeSymbol type, INamedTypeSymbol place)
    {
        bool plain = type is INamedTypeSymbol { ContainingType: null, IsGenericType: false }
            && !new NameLookup(place).IsShadowed(type.Name, NameLookup.DisplayName(type.ContainingNamespace))
            && IsWithin(place.ContainingNamespace, type.ContainingNamespace);
        return plain ? Identifier.Escape(type.Name) : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
    }

    /// <summary>Whether every declaration in source says partial. A type from another assembly needs no extension.</summary>
    public static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>The type and those around it, innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Enclosing(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            yield return outer;
        }
    }

    // Half-written code has them.
    private static bool HasNamelessNamespace(INamedTypeSymbol type)
    {
        INamespaceSymbol space = type.ContainingNamespace;
        while (!space.IsGlobalNamespace && space.Name.Length > 0)
        {
            space = space.ContainingNamespace;
        }

        return !space.IsGlobalNamespace;
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        string kind = (type.IsRecord, type.TypeKind) switch
        {
            (true, TypeKind.Struct) => "record struct",
            (true, _) => "record",
            (_, TypeKind.Struct) => "struct",
            (_, TypeKind.Interface) => "interface",
            _ => "class",
        };
        return $"partial {kind} {Identifier.Escape(type.Name)}";
    }

    private static bool IsWithin(INamespaceSymbol inner, INamespaceSymbol outer)
    {
        for (INamespaceSymbol? space = inner; space is not null; space = space.ContainingNamespace)
        {
            if (SymbolEqualityComparer.Default.Equals(space, outer)
                || NameLookup.DisplayName(space) == NameLookup.DisplayName(outer))
            {
                return true;
            }
        }

        return false;
    }
}
