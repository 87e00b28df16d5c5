using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Copies what a guest asked to have stored into a bounce buffer, and uses that everywhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CopyOnce)), Shared]
public sealed class CopyOnce : RuleFixProvider
{
    private const string Copy = "copy";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG3002", "BG3003"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Body: { Statements.Count: > 0 } body } method
            || !method.Modifiers.Any(SyntaxKind.AsyncKeyword)
            || GuestBufferIn(place) is not { } source
            || PoolAt(place, body) is not { } pool
            || body.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Copy))
        {
            return null;
        }

        List<TextChange> changes = [];
        IdentifierNameSyntax[] uses =
        [
            .. body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
                name.Identifier.ValueText == source.Name
                && SymbolEqualityComparer.Default.Equals(
                    place.Model.GetSymbolInfo(name, place.Cancellation).Symbol, source)),
        ];
        foreach (IdentifierNameSyntax use in uses)
        {
            switch (use.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" }:
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Slice" }:
                case ArgumentSyntax:
                    changes.Add(Edits.Replace(use, Copy + ".Memory"));
                    break;
                case MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "DangerousGetMemory", Parent: InvocationExpressionSyntax call,
                }:
                    changes.Add(Edits.Replace(call, Copy + ".Memory"));
                    break;
                default:
                    return null;
            }
        }

        string cancellation = method.ParameterList.Parameters
            .FirstOrDefault(parameter => parameter.Type?.ToString().EndsWith("CancellationToken", StringComparison.Ordinal) == true)
            ?.Identifier.Text ?? "CancellationToken.None";
        StatementSyntax first = body.Statements[0];
        string newLine = Edits.NewLine(first) + Edits.Indent(first);
        changes.Add(Edits.Insert(
            first.SpanStart,
            $"using BounceBuffer {Copy} = await {pool}.RentAsync({source.Name}.Length, {cancellation});{newLine}"
            + $"{source.Name}.CopyTo({Copy}, 0);{newLine}"));
        return place.Fix($"Copy '{source.Name}' once into a bounce buffer", [.. changes]);
    }

    /// <summary>The parameter with the guest's bytes that was reported.</summary>
    private static IParameterSymbol? GuestBufferIn(FixPlace place) => place.Node.DescendantNodesAndSelf()
        .OfType<IdentifierNameSyntax>()
        .Select(name => place.Model.GetSymbolInfo(name, place.Cancellation).Symbol)
        .OfType<IParameterSymbol>()
        .FirstOrDefault(parameter => parameter.Type.Name == "GuestWriteBuffer");

    /// <summary>Where bounce buffers can be rented from: a member rather than a parameter.</summary>
    private static string? PoolAt(FixPlace place, BlockSyntax body) => place.Model
        .LookupSymbols(body.Statements[0].SpanStart)
        .Where(symbol => TypeOf(symbol)?.Name == "BouncePool")
        .OrderBy(symbol => symbol is IParameterSymbol)
        .ThenBy(symbol => symbol.Name, StringComparer.Ordinal)
        .FirstOrDefault()?.Name;

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };
}
