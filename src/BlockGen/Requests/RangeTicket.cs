namespace BlockGen;

/// <summary>A request's presence in its range. Dispose it exactly once, when the request is done.</summary>
public readonly struct RangeTicket : IDisposable
{
    private readonly RangeTracker? _tracker;
    private readonly ActiveRanges? _ranges;
    private readonly int _index;

    internal RangeTicket(RangeTracker tracker, ActiveRanges ranges, int index)
    {
        _tracker = tracker;
        _ranges = ranges;
        _index = index;
    }

    /// <summary>Leaves the range; waiting requests are admitted.</summary>
    public void Dispose() => _tracker?.Leave(_ranges!, _index);
}
