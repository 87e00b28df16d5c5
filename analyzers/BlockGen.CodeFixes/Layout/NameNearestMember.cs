using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Names the member whose name is nearest to one that does not exist.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameNearestMember)), Shared]
public sealed class NameNearestMember : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG1025", "BG2014"];

    internal override Fix? Find(FixPlace place)
    {
        string wrong = place.Argument(1);
        if (place is not { Attribute: { } attribute, Type: { } type } || Written(place, attribute, wrong) is not { } written)
        {
            return null;
        }

        bool isHeader = place.Diagnostic.Id == "BG2014";
        INamedTypeSymbol? owner = isHeader ? HeaderOf(place, type) : type;
        if (owner is null || Nearest(wrong, Candidates(place, owner, isHeader)) is not { } right)
        {
            return null;
        }

        string name = isHeader
            ? $"nameof({owner.ToMinimalDisplayString(place.Model, written.SpanStart)}.{right})"
            : $"nameof({right})";
        return place.Fix($"Name '{right}'", Edits.Replace(written, name));
    }

    private static ExpressionSyntax? Written(FixPlace place, AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments
            .Select(argument => argument.Expression)
            .FirstOrDefault(expression => place.Constant(expression) is string text && text == name);

    private static INamedTypeSymbol? HeaderOf(FixPlace place, INamedTypeSymbol image) => image.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.Name == "ImageFormatAttribute")
        .SelectMany(attribute => attribute.NamedArguments)
        .Where(argument => argument.Key == "Header")
        .Select(argument => argument.Value.Value as INamedTypeSymbol)
        .FirstOrDefault();

    /// <summary>Numbers that may be named there: of the header, or such as stand before the field.</summary>
    private static IEnumerable<string> Candidates(FixPlace place, INamedTypeSymbol owner, bool isHeader)
    {
        int end = isHeader
            ? int.MaxValue
            : place.Node.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.SpanStart ?? 0;
        bool wantsField = place.Problem == nameof(Generators.ProblemKind.PresentIfMemberUnknown);
        return owner.GetMembers()
            .OfType<IPropertySymbol>()
            .Where(member => !member.IsStatic && IsNumber(member.Type) && !member.IsImplicitlyDeclared)
            .Where(member => member.SetMethod is null
                ? !wantsField
                : isHeader || member.Locations.Any(location => location.SourceSpan.Start < end))
            .Select(member => member.Name);
    }

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is SpecialType.System_Byte
        or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64
        || type.Name is "HostOffset" or "UInt128";

    /// <summary>The only name that is nearest, and near enough to have been meant.</summary>
    private static string? Nearest(string wrong, IEnumerable<string> names)
    {
        IGrouping<int, string>? nearest = names
            .GroupBy(name => Distance(wrong, name))
            .OrderBy(group => group.Key)
            .FirstOrDefault();
        return nearest is not null && nearest.Key <= Math.Max(1, wrong.Length / 3) && nearest.Count() == 1
            ? nearest.Single()
            : null;
    }

    /// <summary>How many letters must be added, left out or changed.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
