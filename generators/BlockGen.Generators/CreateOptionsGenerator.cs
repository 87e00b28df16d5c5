using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>Writes the reading of each set of <c>CreateOptions</c>.</summary>
[Generator]
public sealed class CreateOptionsGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads declarations; null for those that are malformed.</summary>
    internal const string ParseStep = "CreateOptions.Parse";

    /// <summary>The step that keeps the sound ones.</summary>
    internal const string ModelStep = "CreateOptions.Model";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<CreateOptionsModel> models = context.Models<RecordDeclarationSyntax, CreateOptionsModel>(
            "CreateOptions", CreateOptionsParser.Parse, ParseStep, ModelStep);

        context.RegisterSourceOutput(models, static (production, model) =>
            SourceFile.Add(production, model.Type, (writer, names) => CreateOptionsEmitter.Write(writer, names, model)));
    }
}
