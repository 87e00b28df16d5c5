using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BlockGen.CodeFixes;

/// <summary>Declares the size that the fields take.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectSize)), Shared]
public sealed class CorrectSize : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1015"];

    internal override Fix? Find(FixPlace place) =>
        place.Attribute?.Named("Size") is { } size && place.Argument(2) is { Length: > 0 } bytes
            ? place.Fix($"Declare a size of {bytes} bytes", Edits.Replace(size.Expression, bytes))
            : null;
}
