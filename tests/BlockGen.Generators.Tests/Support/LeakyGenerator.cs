using Microsoft.CodeAnalysis;

namespace BlockGen.Generators.Tests;

/// <summary>
/// What a careless author would write: its model holds a symbol, two fields down and typed as object.
/// </summary>
internal sealed class LeakyGenerator : IIncrementalGenerator
{
    public const string ModelStep = "Leaky.Model";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Model> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "BlockGen.DiskStructAttribute",
                static (_, _) => true,
                static (syntax, _) => new Model(syntax.TargetSymbol.Name, [new Holder(syntax.TargetSymbol)]))
            .WithTrackingName(ModelStep);
        context.RegisterSourceOutput(models, static (production, model) =>
            production.AddSource(model.Name + ".g.cs", "// " + model.Name));
    }

    private sealed record Model(string Name, Holder[] Holders);

    private sealed record Holder(object Anything);
}
