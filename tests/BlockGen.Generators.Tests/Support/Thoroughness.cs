namespace BlockGen.Generators.Tests;

/// <summary>
/// How much of what can be tried is tried: a sample that is the same in every run, or, with
/// <c>BLOCKGEN_FUZZ=all</c>, everything.
/// </summary>
internal static class Thoroughness
{
    private const int Seed = 20;

    public static bool TriesAll => Environment.GetEnvironmentVariable("BLOCKGEN_FUZZ") == "all";

    /// <summary>The items in an order that is no order, the same in every run.</summary>
    public static T[] Shuffled<T>(IReadOnlyList<T> items)
    {
        T[] shuffled = [.. items];
        new Random(Seed).Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>So many of the items, in their order; all of them where all are tried.</summary>
    public static T[] Sample<T>(IReadOnlyList<T> items, int count)
    {
        if (TriesAll || items.Count <= count)
        {
            return [.. items];
        }

        int[] places = Shuffled([.. Enumerable.Range(0, items.Count)]);
        return [.. places.Take(count).Order().Select(place => items[place])];
    }
}
