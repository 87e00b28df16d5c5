using System.Collections.Immutable;
using System.Numerics;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What the declared rules of a field on disk leave open of its value.</summary>
internal static class FieldRule
{
    /// <summary>The facts of a field's value; null when it is no number.</summary>
    /// <param name="field">A property of a disk structure, or the number of a table entry.</param>
    /// <param name="identity">What the value is the same as.</param>
    /// <param name="place">Where it is read.</param>
    /// <param name="isValidated">Whether the structure's rules were checked.</param>
    public static NumberFacts? FactsOf(IPropertySymbol field, object? identity, Location place, bool isValidated)
    {
        if (!NumberType.IsNumber(field.Type) || field.Type.TypeKind is TypeKind.Enum)
        {
            return null;
        }

        NumberFacts facts = new(
            new Origin(identity ?? field, place, $"{field.ContainingType.Name}.{field.Name}"),
            identity,
            NumberType.MaxOf(field.Type))
        {
            IsUnbounded = true,
            MayBeNegative = NumberType.IsSigned(field.Type),
            MayBeZero = true,
        };
        return isValidated ? field.GetAttributes().Aggregate(facts, Apply) : facts;
    }

    private static NumberFacts Apply(NumberFacts facts, AttributeData rule)
    {
        switch (rule.AttributeClass?.Name)
        {
            case "MagicAttribute":
                return facts with { IsUnbounded = false, MayBeZero = false, MayBeNegative = false };
            case "OneOfAttribute":
                return OneOf(facts, rule);
            case "PowerOfTwoAttribute":
                return Limit(facts with { MayBeZero = false }, rule);
            case "InRangeAttribute":
                return Limit(facts, rule);
            case "AtMostAttribute":
                return facts with { IsUnbounded = false, MayBeNegative = false };
            case "AtLeastAttribute":
                return facts with { MayBeZero = false, MayBeNegative = false };
            case "FeatureBitsAttribute":
                return facts with { IsUnbounded = false, MayBeNegative = false };
            default:
                return facts;
        }
    }

    private static NumberFacts OneOf(NumberFacts facts, AttributeData rule)
    {
        NumberFacts bounded = facts with { IsUnbounded = false, MayBeNegative = false, MayBeZero = false };
        BigInteger? max = null;
        foreach (TypedConstant argument in rule.ConstructorArguments)
        {
            ImmutableArray<TypedConstant> values = argument.Kind is TypedConstantKind.Array ? argument.Values : [argument];
            foreach (TypedConstant constant in values)
            {
                if (constant.Value is { } value && NumberType.Number(value) is { } number)
                {
                    max = max is { } known && known > number ? known : number;
                    bounded = bounded with { MayBeZero = bounded.MayBeZero || number.IsZero };
                }
            }
        }

        return bounded with { Max = max ?? facts.Max, IsMaxKnown = max is not null };
    }

    private static NumberFacts Limit(NumberFacts facts, AttributeData rule)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in rule.NamedArguments)
        {
            BigInteger? limit = argument.Value.Value is { } value ? NumberType.Number(value) : null;
            if (argument.Key == "Max" && limit is { } max)
            {
                facts = facts with
                {
                    IsUnbounded = false,
                    IsMaxKnown = true,
                    MayBeNegative = false,
                    Max = BigInteger.Min(facts.Max, max),
                };
            }
            else if (argument.Key == "Min" && limit is { } min)
            {
                facts = facts with { MayBeZero = facts.MayBeZero && min.IsZero, MayBeNegative = false };
            }
        }

        return facts;
    }
}
