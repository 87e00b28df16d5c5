using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Finds the members of a type that carry a marker.</summary>
internal sealed class MarkedMembers(INamedTypeSymbol type, ProblemList problems)
{
    /// <summary>
    /// The property with the marker, or null; its type must be one of those named, as C# displays them.
    /// </summary>
    public string? Property(string marker, params string[] types)
    {
        if (Single(marker) is not IPropertySymbol property)
        {
            return null;
        }

        string found = property.Type.ToDisplayString();
        bool isPlain = property is { GetMethod: not null, IsStatic: false, IsIndexer: false }
            && property.ExplicitInterfaceImplementations.IsEmpty;
        if (!isPlain || !types.Contains(found))
        {
            problems.Add(ProblemKind.MarkedType, property, property.Name, marker, string.Join(" or ", types));
        }

        return Identifier.Escape(property.Name);
    }

    /// <summary>The method with the marker, or null; its signature must be as given.</summary>
    public string? Method(string marker, string returns, params string[] parameters)
    {
        if (Single(marker) is not IMethodSymbol method)
        {
            return null;
        }

        bool fits = !method.IsStatic
            && method.MethodKind is MethodKind.Ordinary
            && !method.IsGenericMethod
            && method.ReturnType.ToDisplayString() == returns
            && method.Parameters.All(parameter => parameter.RefKind is RefKind.None)
            && method.Parameters.Select(parameter => parameter.Type.ToDisplayString()).SequenceEqual(parameters);
        if (!fits)
        {
            problems.Add(
                ProblemKind.MarkedSignature, method, method.Name, marker, $"{returns} ({string.Join(", ", parameters)})");
        }

        return Identifier.Escape(method.Name);
    }

    /// <summary>
    /// The member with the marker, the first where (a problem) several have it; null when there is none.
    /// </summary>
    public ISymbol? Single(string marker)
    {
        ISymbol[] found = [.. type.GetMembers().Where(member => member.Declared(marker) is not null)];
        if (found.Length > 1)
        {
            problems.Add(ProblemKind.MarkerRepeated, found[1], type.Name, marker, found[0].Name, found[1].Name);
        }

        return found.FirstOrDefault();
    }
}
