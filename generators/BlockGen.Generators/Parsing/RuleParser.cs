using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the rules of one field, in the order they were written.</summary>
internal sealed class RuleParser(
    INamedTypeSymbol owner,
    IPropertySymbol property,
    FieldType type,
    int size,
    ImmutableHashSet<string> fieldNames,
    IReadOnlyList<FieldModel> before,
    ProblemList problems)
{
    public EquatableArray<RuleModel> Parse()
    {
        List<RuleModel> rules = [];
        foreach (AttributeData attribute in property.Declared())
        {
            if (attribute.IsBroken())
            {
                problems.AddCompilerError();
            }
            else if (Parse(attribute) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return MagicAlternatives.Merge(rules, property, problems).ToEquatableArray();
    }

    private RuleModel? Parse(AttributeData attribute)
    {
        string name = attribute.Name();
        if (name == "Magic" && attribute.Positional(0)?.Value is string text)
        {
            return MagicText(attribute, text);
        }

        if (name is not ("Magic" or "PowerOfTwo" or "InRange" or "OneOf" or "MultipleOf"
            or "AlignedTo" or "AtMost" or "AtLeast" or "FeatureBits"))
        {
            return null;
        }

        if (type is not FieldType.Integer integer || (name == "FeatureBits" && integer.IsHostOffset))
        {
            problems.Add(ProblemKind.RuleUnsuitable, attribute, property.Name, name, property.Type.ToDisplayString());
            return null;
        }

        return name switch
        {
            "Magic" => MagicNumber(attribute, integer),
            "PowerOfTwo" => PowerOfTwo(attribute, integer),
            "InRange" => InRange(attribute, integer),
            "OneOf" => OneOf(attribute, integer),
            "MultipleOf" => MultipleOf(attribute, integer),
            "FeatureBits" => FeatureBits(attribute, integer),
            "AlignedTo" => Compared(attribute, integer, Comparison.AlignedTo),
            "AtMost" => Compared(attribute, integer, Comparison.AtMost),
            _ => Compared(attribute, integer, Comparison.AtLeast),
        };
    }

    private RuleModel.MagicText? MagicText(AttributeData attribute, string text)
    {
        bool suitable = type is FieldType.Integer { IsHostOffset: false } or FieldType.Text { Encoding: not "Utf16" }
            && text.All(character => character <= 0xFF);
        if (!suitable)
        {
            problems.Add(ProblemKind.RuleUnsuitable, attribute, property.Name, "Magic", property.Type.ToDisplayString());
            return null;
        }

        if (text.Length != size)
        {
            problems.Add(ProblemKind.MagicMismatch, attribute, property.Name, $"{text.Length}", $"{size}");
            return null;
        }

        return new RuleModel.MagicText(text);
    }

    private RuleModel.MagicNumber? MagicNumber(AttributeData attribute, FieldType.Integer integer)
    {
        ulong value = attribute.Positional(0)?.AsNumber() ?? 0;
        return Fits(attribute, value, integer) ? new RuleModel.MagicNumber(value) : null;
    }

    private RuleModel.PowerOfTwo? PowerOfTwo(AttributeData attribute, FieldType.Integer integer)
    {
        ulong min = attribute.Number("Min") ?? 1;
        ulong max = attribute.Number("Max") ?? 1UL << 63;
        if (min > max)
        {
            problems.Add(ProblemKind.MinAboveMax, attribute, property.Name, $"{min}", $"{max}");
            return null;
        }

        ulong highest = Math.Min(max, integer.Number.Max);
        ulong[] powers = [.. Enumerable.Range(0, 64).Select(power => 1UL << power).Where(value => value >= min && value <= highest)];
        if (powers.Length == 0)
        {
            problems.Add(ProblemKind.PowerOfTwoImpossible, attribute, property.Name, $"{min}", $"{highest}");
            return null;
        }

        return new RuleModel.PowerOfTwo(powers.First(), powers.Last());
    }

    private RuleModel.InRange? InRange(AttributeData attribute, FieldType.Integer integer)
    {
        ulong min = attribute.Number("Min") ?? 0;
        ulong max = attribute.Number("Max") ?? ulong.MaxValue;
        if (min > max)
        {
            problems.Add(ProblemKind.MinAboveMax, attribute, property.Name, $"{min}", $"{max}");
            return null;
        }

        return Fits(attribute, min, integer)
            ? new RuleModel.InRange(
                min == 0 && !integer.Number.IsSigned ? null : min,
                max >= integer.Number.Max ? null : max)
            : null;
    }

    private RuleModel.OneOf? OneOf(AttributeData attribute, FieldType.Integer integer)
    {
        ImmutableArray<TypedConstant> constants =
            attribute.Positional(0) is { Kind: TypedConstantKind.Array, IsNull: false } array ? array.Values : [];
        ImmutableArray<ulong> values = [.. constants.Select(constant => constant.AsNumber() ?? 0).Distinct()];
        if (values.IsEmpty)
        {
            problems.Add(ProblemKind.NoValues, attribute, property.Name);
            return null;
        }

        return values.All(value => Fits(attribute, value, integer)) ? new RuleModel.OneOf(values.ToEquatableArray()) : null;
    }

    private RuleModel.MultipleOf? MultipleOf(AttributeData attribute, FieldType.Integer integer)
    {
        ulong unit = attribute.Positional(0)?.AsNumber() ?? 0;
        if (unit == 0)
        {
            problems.Add(ProblemKind.UnitZero, attribute, property.Name);
            return null;
        }

        return Fits(attribute, unit, integer) ? new RuleModel.MultipleOf(unit) : null;
    }

    private RuleModel.FeatureBits? FeatureBits(AttributeData attribute, FieldType.Integer integer)
    {
        if (attribute.Positional(0)?.AsMember() is not { } policy)
        {
            problems.AddCompilerError();
            return null;
        }

        ulong known = 0;
        if (property.Type.TypeKind is TypeKind.Enum)
        {
            foreach (IFieldSymbol member in property.Type.GetMembers().OfType<IFieldSymbol>())
            {
                known |= AttributeReading.Bits(member.ConstantValue) ?? 0;
            }
        }

        return new RuleModel.FeatureBits(policy, known & integer.Number.AllBits);
    }

    private RuleModel.Compared? Compared(AttributeData attribute, FieldType.Integer integer, Comparison comparison)
    {
        if (attribute.Positional(0)?.Value is not string name)
        {
            problems.AddCompilerError();
            return null;
        }

        if (fieldNames.Contains(name) && before.All(field => field.Name != name))
        {
            problems.Add(ProblemKind.RuleLooksAhead, attribute, property.Name, name);
            return null;
        }

        ISymbol? member = owner.GetMembers(name)
            .FirstOrDefault(symbol => symbol is IFieldSymbol or IPropertySymbol { GetMethod: not null, IsIndexer: false });
        if (member is null)
        {
            problems.Add(ProblemKind.RuleMemberUnknown, attribute, property.Name, name);
            return null;
        }

        if (RuleMemberParser.Parse(member, integer) is not { } parsed)
        {
            ITypeSymbol memberType = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
            problems.Add(ProblemKind.RuleMemberType, attribute, property.Name, name, memberType.ToDisplayString());
            return null;
        }

        return new RuleModel.Compared(comparison, parsed);
    }

    private bool Fits(AttributeData attribute, ulong value, FieldType.Integer integer)
    {
        if (value <= integer.Number.Max)
        {
            return true;
        }

        problems.Add(ProblemKind.RuleValueTooLarge, attribute, property.Name, attribute.Name(), $"{value}");
        return false;
    }
}
