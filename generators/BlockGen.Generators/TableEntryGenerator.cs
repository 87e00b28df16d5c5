using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>Writes the codec and the meaning of each <c>TableEntry</c>.</summary>
[Generator]
public sealed class TableEntryGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads declarations; null for those that are malformed.</summary>
    internal const string ParseStep = "TableEntry.Parse";

    /// <summary>The step that keeps the sound ones.</summary>
    internal const string ModelStep = "TableEntry.Model";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<TableEntryModel> models = context.Models<RecordDeclarationSyntax, TableEntryModel>(
            "TableEntry", TableEntryParser.Parse, ParseStep, ModelStep);

        context.RegisterSourceOutput(models, static (production, model) =>
            SourceFile.Add(production, model.Type, (writer, names) => TableEntryEmitter.Write(writer, names, model)));
    }
}
