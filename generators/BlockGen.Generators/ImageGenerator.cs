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
        IncrementalValuesProvider<ImageModel> models = context.Models<ClassDeclarationSyntax, ImageModel>(
            "ImageFormat", ImageParser.Parse, ParseStep, ModelStep);

        context.RegisterSourceOutput(models, static (production, model) =>
            SourceFile.Add(production, model.Type, (writer, names) => ImageEmitter.Write(writer, names, model)));
    }
}
