using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Makes one rule of the magics of a field that has one of several.</summary>
internal static class MagicAlternatives
{
    public static IEnumerable<RuleModel> Merge(
        IReadOnlyList<RuleModel> rules, IPropertySymbol property, ProblemList problems)
    {
        RuleModel[] magics = [.. rules.Where(IsMagic)];
        if (magics.Distinct().Count() < magics.Length)
        {
            problems.Add(ProblemKind.MagicRepeated, property, property.Name);
        }

        // The first one holds the place of all, so that rules keep the order they were written in.
        return magics.Length < 2
            ? rules
            : rules
                .Where(rule => !IsMagic(rule) || ReferenceEquals(rule, magics[0]))
                .Select(rule => IsMagic(rule) ? new RuleModel.AnyMagic(magics.ToEquatableArray()) : rule);
    }

    private static bool IsMagic(RuleModel rule) => rule is RuleModel.MagicText or RuleModel.MagicNumber;
}
