using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BlockGen.CodeFixes;

/// <summary>Makes the number of an entry unsigned.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectRaw)), Shared]
public sealed class CorrectRaw : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG2002"];

    internal override Fix? Find(FixPlace place) =>
        place.TypeDeclaration?.ParameterList?.Parameters is [{ Identifier.ValueText: "Raw", Type: { } type }]
        && type.ToString() is "int" or "long"
            ? place.Fix("Make 'Raw' unsigned", Edits.Insert(type.SpanStart, "u"))
            : null;
}
