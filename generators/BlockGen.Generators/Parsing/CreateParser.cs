using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads how new images are made.</summary>
internal static class CreateParser
{
    public static CreateModel? Parse(
        INamedTypeSymbol type, INamedTypeSymbol? header, MarkedMembers marked, ProblemList problems)
    {
        if (marked.Single("Create") is not IMethodSymbol method)
        {
            return null;
        }

        string returns = header?.ToDisplayString() ?? "ulong";
        bool fits = method.IsStatic
            && !method.IsGenericMethod
            && method.Parameters.Length == 1
            && method.Parameters[0].RefKind is RefKind.None
            && method.ReturnType.ToDisplayString() == returns;
        if (!fits || method.Parameters[0].Type is not INamedTypeSymbol options)
        {
            problems.Add(ProblemKind.MarkedSignature, method, method.Name, "Create", $"static {returns} (options)");
            return null;
        }

        if (options.Declared("CreateOptions") is null)
        {
            problems.Add(ProblemKind.NotOptions, method, type.Name, options.Name);
            return null;
        }

        MarkedMembers optionMembers = new(options, problems);
        string? everything = optionMembers.Property("MapEverything", "bool");
        if (optionMembers.Single("MapEverything") is { DeclaredAccessibility: Accessibility.Private or Accessibility.Protected } hidden)
        {
            problems.Add(ProblemKind.MarkedHidden, hidden, hidden.Name, "MapEverything");
        }

        return new CreateModel(Identifier.Escape(method.Name), TypeParser.NameOf(options, type), everything);
    }
}
