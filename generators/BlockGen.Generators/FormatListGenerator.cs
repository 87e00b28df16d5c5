using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>
/// Writes the list of an assembly's formats. It alone collects, and only names: an edit inside a driver re-runs nothing
/// here.
/// </summary>
[Generator]
public sealed class FormatListGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads the classes that receive a list.</summary>
    internal const string ListStep = "FormatList.List";

    /// <summary>The step that reads each format's name.</summary>
    internal const string FormatStep = "FormatList.Format";

    /// <summary>The step that puts the names in order.</summary>
    internal const string FormatsStep = "FormatList.Formats";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<FormatListModel> lists = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                FormatListParser.AttributeName,
                static (node, _) => node is ClassDeclarationSyntax,
                static (syntax, cancellation) => TypeParser.IsFirstDeclaration(syntax, "FormatList")
                    ? FormatListParser.Parse((INamedTypeSymbol)syntax.TargetSymbol, cancellation).Model
                    : null)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ListStep);

        IncrementalValueProvider<EquatableArray<FormatEntry>> formats = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                FormatListParser.FormatAttributeName,
                static (node, _) => node is ClassDeclarationSyntax,
                static (syntax, cancellation) => TypeParser.IsFirstDeclaration(syntax, "ImageFormat")
                    ? FormatListParser.ParseFormat((INamedTypeSymbol)syntax.TargetSymbol, cancellation)
                    : null)
            .Where(static entry => entry is not null)
            .Select(static (entry, _) => entry!)
            .WithTrackingName(FormatStep)
            .Collect()
            .Select(static (entries, _) => entries
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .ThenBy(entry => entry.TypeName, StringComparer.Ordinal)
                .ToEquatableArray())
            .WithTrackingName(FormatsStep);

        context.RegisterSourceOutput(lists.Combine(formats), static (production, pair) =>
            SourceFile.Add(production, pair.Left.Type, (writer, names) =>
                FormatListEmitter.Write(writer, names, pair.Left, pair.Right)));
    }
}
