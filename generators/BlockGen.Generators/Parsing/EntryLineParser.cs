using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the truth table of an entry.</summary>
internal static class EntryLineParser
{
    public static ImmutableArray<EntryLine> Parse(INamedTypeSymbol type, NumberType number, ProblemList problems)
    {
        ImmutableArray<AttributeData> attributes = [.. type.Declared().Where(attribute => attribute.Name() == "EntryIs")];
        RequireOneOtherwise(type, attributes, problems);

        List<EntryLine> lines = [];
        List<EntryLine> tests = [];
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.IsBroken())
            {
                problems.AddCompilerError();
            }
            else if (Parse(type, attribute, number, problems) is { } line)
            {
                lines.Add(line);
                if (!attribute.Flag("Otherwise"))
                {
                    RequireReachable(type, attribute, line, tests, problems);
                    tests.Add(line);
                }
            }
        }

        return [.. lines];
    }

    private static void RequireOneOtherwise(
        INamedTypeSymbol type, ImmutableArray<AttributeData> attributes, ProblemList problems)
    {
        ImmutableArray<AttributeData> otherwise = [.. attributes.Where(attribute => attribute.Flag("Otherwise"))];
        if (otherwise.IsEmpty)
        {
            problems.Add(ProblemKind.OtherwiseMissing, type, type.Name);
        }
        else if (otherwise.Length > 1)
        {
            problems.Add(ProblemKind.OtherwiseRepeated, otherwise[1], type.Name);
        }
        else if (otherwise[0] != attributes.Last())
        {
            problems.Add(ProblemKind.OtherwiseNotLast, otherwise[0], type.Name);
        }
    }

    private static EntryLine? Parse(
        INamedTypeSymbol type, AttributeData attribute, NumberType number, ProblemList problems)
    {
        if (attribute.Positional(0)?.AsMember() is not { } kind)
        {
            problems.Add(ProblemKind.EntryKindUnknown, attribute, type.Name);
            return null;
        }

        if (attribute.Flag("Otherwise"))
        {
            return new EntryLine(kind, Mask: 0, Equal: 0, ComparesAll: false);
        }

        ulong mask = attribute.Number("Mask") ?? number.AllBits;
        ulong equal = attribute.Number("Equal") ?? 0;
        if ((mask | equal) > number.AllBits && mask != ulong.MaxValue)
        {
            problems.Add(ProblemKind.EntryMaskTooWide, attribute, type.Name, Literal.Hex(mask | equal));
            return null;
        }

        mask &= number.AllBits;
        if ((equal & ~mask) != 0)
        {
            problems.Add(ProblemKind.EntryEqualOutsideMask, attribute, type.Name, Literal.Hex(equal), Literal.Hex(mask));
            return null;
        }

        return new EntryLine(kind, mask, equal, mask == number.AllBits);
    }

    private static void RequireReachable(
        INamedTypeSymbol type, AttributeData attribute, EntryLine line, List<EntryLine> above, ProblemList problems)
    {
        foreach (EntryLine other in above)
        {
            bool covers = (other.Mask & ~line.Mask) == 0 && (line.Equal & other.Mask) == other.Equal;
            if (covers)
            {
                bool same = other.Mask == line.Mask;
                problems.Add(
                    same ? ProblemKind.EntryDuplicate : ProblemKind.EntryUnreachable,
                    attribute,
                    type.Name,
                    Literal.Hex(line.Equal));
                return;
            }
        }
    }
}
