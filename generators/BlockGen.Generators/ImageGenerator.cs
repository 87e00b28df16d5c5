using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>Writes the driver of each <c>ImageFormat</c>.</summary>
[Generator]
public sealed class ImageGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads declarations; null for those that are malformed.</summary>
    internal const string ParseStep = "Image.Parse";

    /// <summary>The step that keeps the sound ones.</summary>
    internal const string ModelStep = "Image.Model";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ImageModel> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ImageParser.AttributeName,
                static (node, _) => node is ClassDeclarationSyntax,
                static (syntax, cancellation) => TypeParser.IsFirstDeclaration(syntax, "ImageFormat")
                    ? ImageParser.Parse((INamedTypeSymbol)syntax.TargetSymbol, cancellation).Model
                    : null)
            .WithTrackingName(ParseStep)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelStep);

        context.RegisterSourceOutput(models, static (production, model) =>
            SourceFile.Add(production, model.Type, (writer, names) => ImageEmitter.Write(writer, names, model)));
    }
}
