using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>What the rest of a declaration asks of its write order.</summary>
internal sealed record WriteOrderTraits(bool HasRoot, bool HasDirtyMark, bool HasMappedCount, bool HasCounts);

/// <summary>Reads the write order and holds it against the law: no mapping is visible before its data.</summary>
internal static class WriteOrderParser
{
    public static EquatableArray<string> Parse(INamedTypeSymbol type, WriteOrderTraits traits, ProblemList problems)
    {
        AttributeData? declaration = type.Declared("WriteOrder");
        if (declaration is null)
        {
            return Default(traits).ToEquatableArray();
        }

        if (declaration.IsBroken() || declaration.Positional(0) is not { Kind: TypedConstantKind.Array, IsNull: false } steps)
        {
            problems.AddCompilerError();
            return EquatableArray<string>.Empty;
        }

        List<string> order = [.. steps.Values.Select(step => step.AsMember() ?? "")];
        Check(type, declaration, order, traits, problems);
        return order.ToEquatableArray();
    }

    private static IEnumerable<string> Default(WriteOrderTraits traits)
    {
        IEnumerable<string> order = ["Data", "Flush"];
        order = traits.HasDirtyMark ? ["MarkDirty", .. order] : order;
        order = traits.HasCounts ? [.. order, "Counts", "Flush"] : order;
        order = traits.HasMappedCount ? [.. order, "Header", "Flush"] : order;
        return traits.HasRoot ? [.. order, "Leaf", "Flush", "Root"] : [.. order, "Leaf"];
    }

    private static void Check(
        INamedTypeSymbol type, AttributeData at, List<string> order, WriteOrderTraits traits, ProblemList problems)
    {
        void Report(ProblemKind kind, params string[] arguments) => problems.Add(kind, at, [type.Name, .. arguments]);

        string? repeated = order.Where(step => step != "Flush").GroupBy(step => step).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (repeated is not null)
        {
            Report(ProblemKind.StepRepeated, repeated);
        }

        Dictionary<string, bool> wanted = new()
        {
            ["MarkDirty"] = traits.HasDirtyMark,
            ["Data"] = true,
            ["Header"] = traits.HasMappedCount,
            ["Counts"] = traits.HasCounts,
            ["Leaf"] = true,
            ["Root"] = traits.HasRoot,
        };
        foreach (KeyValuePair<string, bool> step in wanted)
        {
            bool isThere = order.Contains(step.Key);
            if (isThere != step.Value)
            {
                Report(isThere ? ProblemKind.StepUnsuitable : ProblemKind.StepMissing, step.Key);
            }
        }

        if (order.IndexOf("MarkDirty") > 0)
        {
            Report(ProblemKind.StepOrder, "MarkDirty", order[0]);
        }

        RequireBarrier(order, "Data", "Leaf", Report);
        RequireBarrier(order, "Counts", "Leaf", Report);
        RequireBarrier(order, "Leaf", "Root", Report);
    }

    /// <summary>The later step makes the earlier one visible, so the earlier one must be durable first.</summary>
    private static void RequireBarrier(
        List<string> order, string earlier, string later, Action<ProblemKind, string[]> report)
    {
        int first = order.IndexOf(earlier);
        int last = order.IndexOf(later);
        if (first < 0 || last < 0)
        {
            return;
        }

        if (last < first)
        {
            report(ProblemKind.StepOrder, [earlier, later]);
        }
        else if (!order.GetRange(first, last - first).Contains("Flush"))
        {
            report(ProblemKind.BarrierMissing, [earlier, later]);
        }
    }
}
