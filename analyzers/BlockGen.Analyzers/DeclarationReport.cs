using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers;

/// <summary>Reports what the generator's own parser finds wrong with a declaration.</summary>
internal static class DeclarationReport
{
    /// <summary>The property of a diagnostic that names its <see cref="ProblemKind"/>; several share an id.</summary>
    public const string ProblemProperty = "Problem";

    public static void Report<TModel>(
        SymbolAnalysisContext context,
        string attribute,
        Func<INamedTypeSymbol, CancellationToken, Parsed<TModel>> parse)
        where TModel : class
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.Declared(attribute) is null)
        {
            return;
        }

        foreach (Problem problem in parse(type, context.CancellationToken).Problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                RuleCatalogue.Of(problem.Kind),
                SourceLocation.Of(problem.Place, type, context.Compilation),
                PropertiesOf(problem),
                ProblemMessages.Message(problem)));
        }
    }

    /// <summary>The property with an argument of the problem's message: what a code fix goes by.</summary>
    public static string ArgumentProperty(int index) => $"Argument{index}";

    private static ImmutableDictionary<string, string?> PropertiesOf(Problem problem)
    {
        ImmutableDictionary<string, string?>.Builder properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties[ProblemProperty] = problem.Kind.ToString();
        int index = 0;
        foreach (string argument in problem.Arguments)
        {
            properties[ArgumentProperty(index++)] = argument;
        }

        return properties.ToImmutable();
    }
}
