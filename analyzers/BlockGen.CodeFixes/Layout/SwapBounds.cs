using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BlockGen.CodeFixes;

/// <summary>Swaps the bounds of a rule that are the wrong way round.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwapBounds)), Shared]
public sealed class SwapBounds : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1023"];

    internal override Fix? Find(FixPlace place) =>
        place.Problem == nameof(Generators.ProblemKind.MinAboveMax)
        && place.Attribute is { } rule
        && rule.Named("Min") is { } min
        && rule.Named("Max") is { } max
            ? place.Fix(
                "Swap the bounds",
                Edits.Replace(min.Expression, max.Expression.ToString()),
                Edits.Replace(max.Expression, min.Expression.ToString()))
            : null;
}
