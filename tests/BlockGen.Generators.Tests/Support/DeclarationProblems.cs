using Microsoft.CodeAnalysis;

namespace BlockGen.Generators.Tests;

/// <summary>What the parsers say of the declarations in a compilation.</summary>
internal static class DeclarationProblems
{
    public static IEnumerable<Problem> Of(Compilation compilation) =>
        Types(compilation.Assembly.GlobalNamespace).SelectMany(Of);

    private static IEnumerable<Problem> Of(INamedTypeSymbol type)
    {
        foreach (string name in type.Declared().Select(attribute => attribute.Name()).Distinct())
        {
            IEnumerable<Problem> problems = name switch
            {
                "DiskStruct" => DiskStructParser.Parse(type, CancellationToken.None).Problems,
                "TableEntry" => TableEntryParser.Parse(type, CancellationToken.None).Problems,
                "CreateOptions" => CreateOptionsParser.Parse(type, CancellationToken.None).Problems,
                "FormatList" => FormatListParser.Parse(type, CancellationToken.None).Problems,
                "ImageFormat" => ImageParser.Parse(type, CancellationToken.None).Problems,
                _ => [],
            };
            foreach (Problem problem in problems)
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member =>
            member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
