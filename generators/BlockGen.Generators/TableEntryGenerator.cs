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
        IncrementalValuesProvider<TableEntryModel> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                TableEntryParser.AttributeName,
                static (node, _) => node is RecordDeclarationSyntax,
                static (syntax, cancellation) => TypeParser.IsFirstDeclaration(syntax, "TableEntry")
                    ? TableEntryParser.Parse((INamedTypeSymbol)syntax.TargetSymbol, cancellation).Model
                    : null)
            .WithTrackingName(ParseStep)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelStep);

        context.RegisterSourceOutput(models, static (production, model) =>
            SourceFile.Add(production, model.Type, (writer, names) => TableEntryEmitter.Write(writer, names, model)));
    }
}
