namespace BlockGen;

public sealed partial class PowerCutStorage
{
    /// <summary>What the disk may hold, for every moment: see <see cref="StatesAt"/>.</summary>
    public IEnumerable<PowerCutState> States(int mostPerCut, int seed)
    {
        foreach (int cut in Cuts)
        {
            foreach (PowerCutState state in StatesAt(cut, mostPerCut, seed))
            {
                yield return state;
            }
        }
    }

    /// <summary>
    /// What the disk may hold after a power cut at a moment. Every choice of whole survivors when they fit into half of
    /// <paramref name="most"/>, otherwise none, all, each alone, all but each and every beginning; then, up to
    /// <paramref name="most"/>, random choices with torn survivors and with what ran at the same time reordered.
    /// </summary>
    /// <param name="cut">The moment.</param>
    /// <param name="most">How many states at most.</param>
    /// <param name="seed">Another seed gives other random choices; the same seed the same ones.</param>
    public IEnumerable<PowerCutState> StatesAt(int cut, int most, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        IReadOnlyList<PowerCutChange> pending = PendingAt(cut);
        bool isExhaustive = pending.Count < 30 && 1 << pending.Count <= Math.Max(1, most / 2);
        IEnumerable<PowerCutState> whole = (isExhaustive ? Subsets(pending) : Corners(pending))
            .Select(survivors => new PowerCutState(cut, survivors));
        IEnumerable<PowerCutState> torn = pending.Count == 0 ? [] : RandomStates(cut, pending, new Random(seed ^ cut));
        return whole.Concat(torn).Take(most);
    }

    private static IEnumerable<IReadOnlyList<PowerCutSurvivor>> Subsets(IReadOnlyList<PowerCutChange> pending)
    {
        for (int bits = 0; bits < 1 << pending.Count; bits++)
        {
            yield return Select(pending, i => (bits >> i & 1) != 0);
        }
    }

    private static IEnumerable<IReadOnlyList<PowerCutSurvivor>> Corners(IReadOnlyList<PowerCutChange> pending)
    {
        yield return [];
        yield return Select(pending, _ => true);
        for (int index = 0; index < pending.Count; index++)
        {
            int chosen = index;
            yield return Select(pending, i => i == chosen);
            yield return Select(pending, i => i != chosen);
            yield return Select(pending, i => i < chosen);
        }
    }

    private static PowerCutSurvivor[] Select(IReadOnlyList<PowerCutChange> pending, Func<int, bool> isChosen) =>
        [.. pending.Where((_, i) => isChosen(i)).Select(change => new PowerCutSurvivor(change.Index))];

    private static IEnumerable<PowerCutState> RandomStates(
        int cut, IReadOnlyList<PowerCutChange> pending, Random random)
    {
        while (true)
        {
            List<PowerCutChange> chosen = [.. pending.Where(_ => random.Next(2) == 0)];
            List<PowerCutSurvivor> survivors = [];
            while (chosen.Count > 0)
            {
                PowerCutChange[] first = [.. chosen.Where(change => !chosen.Exists(other => other.Precedes(change)))];
                PowerCutChange next = first[random.Next(first.Length)];
                chosen.Remove(next);
                survivors.Add(new PowerCutSurvivor(next.Index, random.Next(2) == 0 ? 0 : random.Next(1, int.MaxValue)));
            }

            yield return new PowerCutState(cut, survivors);
        }
    }
}
