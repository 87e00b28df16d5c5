using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>
/// Finds the syntax tree behind a place. A location without its tree looks right in a build log, but no pragma and no
/// editorconfig reaches it.
/// </summary>
internal static class SourceLocation
{
    public static Location Of(Place place, INamedTypeSymbol type, Compilation compilation) =>
        type.DeclaringSyntaxReferences
            .Select(reference => reference.SyntaxTree)
            .Concat(compilation.SyntaxTrees)
            .Where(tree => tree.FilePath == place.Path && tree.Length >= place.Span.End)
            .Select(tree => tree.GetLocation(place.Span))
            .FirstOrDefault(location => location.GetLineSpan().Span == place.Lines)
        ?? type.Locations[0];
}
