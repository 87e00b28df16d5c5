using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Gives each feature of a counted enum a bit of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NumberFeatureBits)), Shared]
public sealed class NumberFeatureBits : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1029"];

    internal override Fix? Find(FixPlace place)
    {
        // Members with numbers of their own were given them for a reason that the format's specification knows.
        if (place.Node.FirstAncestorOrSelf<EnumDeclarationSyntax>() is not { } features
            || features.Members.Any(member => member.EqualsValue is not null)
            || features.Members.Count > 32
            || features.Members[0].Identifier.ValueText != "None")
        {
            return null;
        }

        IEnumerable<TextChange> numbers = features.Members.Select((member, index) =>
            Edits.Insert(member.Identifier.Span.End, index == 0 ? " = 0" : $" = 1 << {index - 1}"));
        return place.Fix($"Give each feature of '{features.Identifier.ValueText}' a bit", [.. numbers]);
    }
}
