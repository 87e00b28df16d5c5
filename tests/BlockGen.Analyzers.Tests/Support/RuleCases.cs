namespace BlockGen.Analyzers.Tests;

/// <summary>Every case of every rule.</summary>
internal static class RuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        .. DeclarationCases.All,
        .. StructureCases.All,
        .. FieldCases.All,
        .. FieldLengthCases.All,
        .. OptionCases.All,
        .. FormatListCases.All,
        .. EntryCases.All,
        .. ImageCases.All,
        .. MarkerCases.All,
        .. WriteOrderCases.All,
    ];

    /// <summary>Id, kind and index of each case of the rules whose ids start so.</summary>
    public static TheoryData<string, string, int> TheoryData(string start)
    {
        TheoryData<string, string, int> data = [];
        foreach ((int index, RuleCase rule) in All.Index())
        {
            if (rule.Id.StartsWith(start, StringComparison.Ordinal))
            {
                data.Add(rule.Id, rule.Kind.ToString(), index);
            }
        }

        return data;
    }
}
