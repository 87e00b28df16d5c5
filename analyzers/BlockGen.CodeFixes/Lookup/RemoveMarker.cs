using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Removes a capability that means nothing with its driver's lookup.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveMarker)), Shared]
public sealed class RemoveMarker : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG2032"];

    internal override Fix? Find(FixPlace place)
    {
        string marker = place.Argument(1);
        AttributeSyntax? attribute = marker.Length == 0 || place.TypeDeclaration is not { } type
            ? null
            : type.Members.Prepend(type).Select(member => member.Declared(marker)).FirstOrDefault(found => found is not null);
        return attribute is null
            ? null
            : place.Fix($"Remove [{marker}], which means nothing here", Edits.Remove(attribute));
    }
}
