using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Removes a rule that says nothing of its field.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveRule)), Shared]
public sealed class RemoveRule : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1017", "BG1021", "BG1035"];

    internal override Fix? Find(FixPlace place)
    {
        AttributeSyntax? rule = place.Diagnostic.Id switch
        {
            // A negative number was meant to be another one.
            "BG1017" => place.Argument(1) == "0" ? place.Attribute : null,

            // A magic that is no text of bytes was meant to be another one.
            "BG1021" => place.Attribute is { } attribute && !attribute.IsCalled("Magic") ? attribute : null,
            _ => RepeatedMagic(place),
        };
        return rule is null
            ? null
            : place.Fix($"Remove '{rule}', which says nothing", Edits.Remove(rule));
    }

    private static AttributeSyntax? RepeatedMagic(FixPlace place)
    {
        HashSet<object?> seen = [];
        return place.Node.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.AttributeLists
            .SelectMany(list => list.Attributes)
            .Where(attribute => attribute.IsCalled("Magic"))
            .FirstOrDefault(magic => magic.ArgumentList?.Arguments is [var value, ..]
                && place.Constant(value.Expression) is { } constant
                && !seen.Add(constant));
    }
}
