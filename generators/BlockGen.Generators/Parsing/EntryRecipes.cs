using System.Collections.Immutable;

namespace BlockGen.Generators;

/// <summary>Finds out how an entry of each kind is made: by the first line that can.</summary>
internal static class EntryRecipes
{
    public static IEnumerable<EntryRecipe> Of(
        ImmutableArray<EntryLine> lines, ulong hostMask, ulong unsharedBit) =>
        lines.GroupBy(line => line.Kind)
            .Select(group => group.Select(line => Of(line, lines, hostMask, unsharedBit)).FirstOrDefault(recipe => recipe is not null))
            .OfType<EntryRecipe>();

    private static EntryRecipe? Of(
        EntryLine line, ImmutableArray<EntryLine> lines, ulong hostMask, ulong unsharedBit)
    {
        if (line.Kind is "Data" or "Compressed" or "Table")
        {
            // Units that meet bits which decide may read back as another kind; generated code looks.
            ulong bits = line.Kind is "Compressed" ? line.Equal : line.Equal | unsharedBit;
            return new EntryRecipe(line.Kind, bits, TakesUnits: (line.Mask & hostMask) != hostMask);
        }

        return KindOf(line.Equal, lines) == line.Kind ? new EntryRecipe(line.Kind, line.Equal, TakesUnits: false) : null;
    }

    private static string KindOf(ulong bits, ImmutableArray<EntryLine> lines) =>
        lines.First(line => (bits & line.Mask) == line.Equal).Kind;
}
