using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>The steps that every generator begins with: read the declarations with an attribute, keep the sound ones.</summary>
internal static class Declarations
{
    /// <summary>The models of the types that carry an attribute; those that are malformed give none.</summary>
    /// <typeparam name="TSyntax">The kind of declaration; others are passed over.</typeparam>
    /// <typeparam name="TModel">What parsing gives.</typeparam>
    /// <param name="context">The generator's.</param>
    /// <param name="attribute">The attribute's name without its suffix.</param>
    /// <param name="parse">Reads a declaration.</param>
    /// <param name="parseStep">Tracking name of the step that reads.</param>
    /// <param name="modelStep">Tracking name of the step that keeps.</param>
    public static IncrementalValuesProvider<TModel> Models<TSyntax, TModel>(
        this IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<INamedTypeSymbol, CancellationToken, Parsed<TModel>> parse,
        string parseStep,
        string modelStep)
        where TSyntax : SyntaxNode
        where TModel : class => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            $"{Vocabulary.Library}.{attribute}Attribute",
            static (node, _) => node is TSyntax,
            (syntax, cancellation) => TypeParser.IsFirstDeclaration(syntax, attribute)
                ? parse((INamedTypeSymbol)syntax.TargetSymbol, cancellation).Model
                : null)
        .WithTrackingName(parseStep)
        .Where(static model => model is not null)
        .Select(static (model, _) => model!)
        .WithTrackingName(modelStep);
}
