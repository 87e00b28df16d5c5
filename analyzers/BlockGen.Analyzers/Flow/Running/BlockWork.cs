namespace BlockGen.Analyzers;

/// <summary>The blocks that are still to be followed, with the states in which they are entered.</summary>
/// <param name="first">First block covered.</param>
/// <param name="last">Last block covered.</param>
internal sealed class BlockWork(int first, int last)
{
    private const int MaxStateCount = 6;
    private const int MaxGrowingVisits = 20;

    // What still becomes more is not followed in all detail any longer, so that it soon ends.
    private const int MaxDetailedVisits = 60;
    private const string Rest = "*";

    private readonly Entries?[] _entries = new Entries?[last - first + 1];
    private int _firstWaiting = last + 1;

    /// <summary>States in which a finally region is left.</summary>
    public List<FlowState> Ends { get; } = [];

    public bool Covers(int block) => block >= first && block <= last;

    /// <summary>Follows a block from this state too, unless everything the state knows was known there.</summary>
    public void Enqueue(int block, FlowState state)
    {
        Entries entries = _entries[block - first] ??= new Entries();
        if (entries.Visits >= MaxDetailedVisits)
        {
            state = state.AtWorst();
        }

        string key = state.Key;
        if (!entries.States.TryGetValue(key, out FlowState? known) && entries.States.Count >= MaxStateCount)
        {
            key = Rest;
            entries.States.TryGetValue(key, out known);
        }

        FlowState joined = known?.Join(state) ?? state;
        if (known is null || !joined.Equals(known))
        {
            joined = known is null || entries.Visits < MaxGrowingVisits ? joined : joined.Widened(known);
            entries.States[key] = joined;
            entries.Waiting.Add(key);
            _firstWaiting = Math.Min(_firstWaiting, block);
        }
    }

    /// <summary>The next block and the state in which it is entered.</summary>
    public bool TryTake(out int block, out FlowState state)
    {
        for (; _firstWaiting <= last; _firstWaiting++)
        {
            if (_entries[_firstWaiting - first] is { Waiting.Count: > 0 } entries)
            {
                string key = entries.Waiting.First();
                entries.Waiting.Remove(key);
                entries.Visits++;
                (block, state) = (_firstWaiting, entries.States[key]);
                return true;
            }
        }

        (block, state) = (0, FlowState.Empty);
        return false;
    }

    /// <summary>What is known of one block.</summary>
    private sealed class Entries
    {
        /// <summary>The states in which it is entered, by what keeps them apart.</summary>
        public Dictionary<string, FlowState> States { get; } = new(StringComparer.Ordinal);

        /// <summary>Those that have not been followed as they are now.</summary>
        public HashSet<string> Waiting { get; } = new(StringComparer.Ordinal);

        public int Visits { get; set; }
    }
}
