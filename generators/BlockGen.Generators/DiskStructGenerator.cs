using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>Writes the codec, the validation and the description of each <c>DiskStruct</c>.</summary>
[Generator]
public sealed class DiskStructGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads declarations; null for those that are malformed.</summary>
    internal const string ParseStep = "DiskStruct.Parse";

    /// <summary>The step that keeps the sound ones.</summary>
    internal const string ModelStep = "DiskStruct.Model";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<DiskStructModel> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                DiskStructParser.AttributeName,
                static (node, _) => node is RecordDeclarationSyntax,
                static (syntax, cancellation) => TypeParser.IsFirstDeclaration(syntax, "DiskStruct")
                    ? DiskStructParser.Parse((INamedTypeSymbol)syntax.TargetSymbol, cancellation).Model
                    : null)
            .WithTrackingName(ParseStep)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelStep);

        context.RegisterSourceOutput(models, static (production, model) =>
            SourceFile.Add(production, model.Type, (writer, names) => DiskStructEmitter.Write(writer, names, model)));
    }
}
