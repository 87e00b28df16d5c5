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
        IncrementalValuesProvider<DiskStructModel> models = context.Models<RecordDeclarationSyntax, DiskStructModel>(
            "DiskStruct", DiskStructParser.Parse, ParseStep, ModelStep);

        context.RegisterSourceOutput(models, static (production, model) =>
            SourceFile.Add(production, model.Type, (writer, names) => DiskStructEmitter.Write(writer, names, model)));
    }
}
