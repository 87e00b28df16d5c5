namespace BlockGen.Testing;

/// <summary>A format's declared write order, read from its description.</summary>
internal sealed class WriteOrder
{
    private const string CountsName = "reference counts";

    private readonly string _rootEntry;
    private readonly string _leafEntry;

    private WriteOrder(string rootEntry, string leafEntry, IReadOnlyList<Step> steps)
    {
        (_rootEntry, _leafEntry, Steps) = (rootEntry, leafEntry, steps);
    }

    /// <summary>The steps from first to last; empty where there are no tables.</summary>
    public IReadOnlyList<Step> Steps { get; }

    public bool HasDirtyMark => Steps.Contains(Step.MarkDirty);

    /// <summary>
    /// The barriers: each declared one, and the flush that answers a guest. The flush that the dirty mark brings is
    /// none: the one before the first table keeps that table back until the mark is durable too.
    /// </summary>
    public IEnumerable<Barrier> Barriers
    {
        get
        {
            for (int i = 1; i < Steps.Count; i++)
            {
                if (Steps[i - 1] is Step.Flush)
                {
                    yield return new Barrier(Steps[i]);
                }
            }

            yield return Barrier.BeforeReturn;
        }
    }

    public static WriteOrder Of(ImageFormat format)
    {
        string[] path = format.Lookup.Split(" -> ");
        string[] words = format.WriteOrder.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        string root = path.Length == 4 ? path[1] : "";
        string leaf = path.Length >= 3 ? path[^2] : "";
        Step[] steps = [.. words.Select(word => word switch
        {
            "dirty mark" => Step.MarkDirty,
            "data" => Step.Data,
            "flush" => Step.Flush,
            "header" => Step.Header,
            CountsName => Step.Counts,
            _ when word == root => Step.Root,
            _ when word == leaf => Step.Leaf,
            _ => throw new InvalidOperationException($"format '{format.Name}' has an unknown step '{word}'"),
        })];
        return new WriteOrder(root, leaf, steps);
    }

    /// <summary>Whether a flush stands between two steps; the dirty mark brings its own.</summary>
    public bool HasFlushBetween(Step earlier, Step later)
    {
        int first = IndexOf(earlier);
        int last = IndexOf(later);
        return first >= 0 && first < last
            && (earlier is Step.MarkDirty || Steps.Skip(first).Take(last - first).Contains(Step.Flush));
    }

    /// <summary>The step in the driver's own words.</summary>
    public string NameOf(Step step) => step switch
    {
        Step.Root => _rootEntry,
        Step.Leaf => _leafEntry,
        Step.MarkDirty => "dirty mark",
        Step.Counts => CountsName,
        _ => step.ToString().ToLowerInvariant(),
    };

    private int IndexOf(Step step) => Steps.ToList().IndexOf(step);
}

/// <summary>A flush with a purpose.</summary>
/// <param name="Before">The step that it keeps back; null for the answer to the guest.</param>
internal sealed record Barrier(Step? Before)
{
    /// <summary>The flush after which the guest is told that its flush is done.</summary>
    public static Barrier BeforeReturn { get; } = new((Step?)null);

    /// <inheritdoc/>
    public override string ToString() =>
        Before is { } step ? $"the Step.Flush before Step.{step}" : "the flush that answers the guest";
}
