using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Names the flag whose number a dirty mark gives.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameDirtyFlag)), Shared]
public sealed class NameDirtyFlag : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG2045"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Attribute is not { ArgumentList.Arguments: [{ Expression: InvocationExpressionSyntax named }, var flag, ..] }
            || place.Constant(flag.Expression) is not IConvertible number
            || number is string
            || named.ArgumentList.Arguments is not [var field]
            || place.Model.GetSymbolInfo(field.Expression, place.Cancellation).Symbol is not IPropertySymbol property
            || property.Type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } flags)
        {
            return null;
        }

        IFieldSymbol? member = flags.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(candidate =>
            candidate.ConstantValue is IConvertible value && value.ToDecimal(null) == number.ToDecimal(null) && value.ToDecimal(null) != 0);
        if (member is null)
        {
            return null;
        }

        string name = $"{flags.ToMinimalDisplayString(place.Model, flag.SpanStart)}.{member.Name}";
        return place.Fix($"Name the flag '{member.Name}'", Edits.Replace(flag.Expression, name));
    }
}
