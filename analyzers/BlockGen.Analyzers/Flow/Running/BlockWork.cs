namespace BlockGen.Analyzers;

/// <summary>The blocks that are still to be followed, with the states in which they are entered.</summary>
/// <param name="first">First block covered.</param>
/// <param name="last">Last block covered.</param>
internal sealed class BlockWork(int first, int last)
{
    private const int MaxStateCount = 6;
    private const int MaxVisits = 60;
    private const string Rest = "*";

    private readonly Dictionary<int, Dictionary<string, FlowState>> _entries = [];
    private readonly SortedDictionary<int, HashSet<string>> _waiting = [];
    private readonly Dictionary<int, int> _visits = [];

    /// <summary>States in which a finally region is left.</summary>
    public List<FlowState> Ends { get; } = [];

    public bool Covers(int block) => block >= first && block <= last;

    /// <summary>Follows a block from this state too, unless everything the state knows was known there.</summary>
    public void Enqueue(int block, FlowState state)
    {
        if (!_entries.TryGetValue(block, out Dictionary<string, FlowState>? states))
        {
            _entries[block] = states = new Dictionary<string, FlowState>(StringComparer.Ordinal);
        }

        string key = state.Key;
        if (!states.TryGetValue(key, out FlowState? known) && states.Count >= MaxStateCount)
        {
            key = Rest;
            states.TryGetValue(key, out known);
        }

        FlowState joined = known?.Join(state) ?? state;
        if (known is null || !joined.Equals(known))
        {
            states[key] = joined;
            if (!_waiting.TryGetValue(block, out HashSet<string>? keys))
            {
                _waiting[block] = keys = new HashSet<string>(StringComparer.Ordinal);
            }

            keys.Add(key);
        }
    }

    /// <summary>The next block and the state in which it is entered.</summary>
    public bool TryTake(out int block, out FlowState state)
    {
        while (_waiting.Count > 0)
        {
            (block, HashSet<string> keys) = (_waiting.First().Key, _waiting.First().Value);
            string key = keys.First();
            keys.Remove(key);
            if (keys.Count == 0)
            {
                _waiting.Remove(block);
            }

            _visits.TryGetValue(block, out int visits);
            _visits[block] = visits + 1;
            if (visits < MaxVisits)
            {
                state = _entries[block][key];
                return true;
            }
        }

        block = 0;
        state = FlowState.Empty;
        return false;
    }
}
