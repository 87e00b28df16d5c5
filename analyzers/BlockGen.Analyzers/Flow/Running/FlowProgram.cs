using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What the runs over all methods of a compilation share.</summary>
internal sealed class FlowProgram(MemberTable table, MethodBodies bodies, Findings findings)
{
    private const int MaxRounds = 32;
    private const int MaxRunsOfBody = 2000;

    private readonly Dictionary<ISymbol, FlowValue> _fields = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, MethodResult?> _results = new(SymbolEqualityComparer.Default);
    private HashSet<ISymbol> _changedFields = new(SymbolEqualityComparer.Default);
    private int _runCount;

    public MemberTable Table { get; } = table;

    public MethodBodies Bodies { get; } = bodies;

    public Findings Findings { get; } = findings;

    public FollowedCalls FollowedCalls { get; } = new();

    /// <summary>What comes of the body that is being followed.</summary>
    public Effects Effects { get; private set; } = new();

    /// <summary>Follows every body; again those that read a field which turned out to hold more than was known.</summary>
    public void Run(CancellationToken cancellation)
    {
        List<MethodBody> bodies = [.. Bodies.All().Where(body => !FlowScope.IsTrusted(body.Owner))];
        Dictionary<MethodBody, HashSet<ISymbol>> reads = [];
        for (int round = 0; round < MaxRounds && bodies.Count > 0; round++)
        {
            _changedFields = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            _results.Clear();
            FollowedCalls.Clear();
            foreach (MethodBody body in bodies)
            {
                cancellation.ThrowIfCancellationRequested();
                _runCount = 0;
                Effects = new Effects();
                new FlowRun(this, body.Owner, body.Graph, depth: 0).Run(FlowState.Empty);
                reads[body] = Effects.ReadFields;
            }

            bodies = [.. reads.Keys.Where(body => reads[body].Overlaps(_changedFields))];
        }
    }

    /// <summary>Whether one more body may be followed for the one that is being judged.</summary>
    public bool TrySpendRun() => _runCount++ < MaxRunsOfBody;

    public FlowValue FieldValue(ISymbol field)
    {
        Effects.ReadFields.Add(field.OriginalDefinition);
        return _fields.TryGetValue(field.OriginalDefinition, out FlowValue? value) ? value : FlowValue.Clean;
    }

    /// <summary>Remembers, for every method, what a field was given.</summary>
    public void Record(ISymbol field, FlowValue value)
    {
        FlowValue stored = value
            .Select(mark => mark.Kind is MarkKind.GuestRead or MarkKind.DiskBytes ? mark.Copied : null)
            .WithNumber(value.Number is { } number ? number with { Identity = null, GrowsWith = [] } : null);
        FlowValue kept = new() { Marks = stored.Marks, Number = stored.Number };
        FlowValue known = _fields.TryGetValue(field.OriginalDefinition, out FlowValue? before) ? before : FlowValue.Clean;
        FlowValue joined = known.Join(kept);
        if (!joined.Equals(known))
        {
            _fields[field.OriginalDefinition] = joined;
            _changedFields.Add(field.OriginalDefinition);
        }
    }

    /// <summary>What a method returns to a caller who gives it nothing special.</summary>
    public FlowValue ResultOf(IMethodSymbol method, MethodBody body, int depth)
    {
        IMethodSymbol key = method.OriginalDefinition;
        if (!_results.TryGetValue(key, out MethodResult? result))
        {
            _results[key] = null;
            Effects outer = Effects;
            Effects = new Effects();
            FlowResult run = new FlowRun(this, body.Owner, body.Graph, depth + 1) { IsCalled = true }.Run(FlowState.Empty);
            _results[key] = result = new MethodResult(run.Value, Effects.ReadFields);
            Effects = outer;
        }

        if (result is null)
        {
            Effects.IsCutShort = true;
            return FlowValue.Clean;
        }

        Effects.ReadFields.UnionWith(result.ReadFields);
        return result.Value;
    }

    /// <summary>Follows a method and takes over what comes of that.</summary>
    public TResult WithEffects<TResult>(ISymbol method, Func<Effects, TResult> follow)
    {
        Effects outer = Effects;
        Effects = new Effects();
        Effects.Followed.Add(method);
        TResult result = follow(Effects);
        outer.Add(Effects);
        Effects = outer;
        return result;
    }

    /// <summary>What a method returns, and the fields that it depends on.</summary>
    private sealed record MethodResult(FlowValue Value, HashSet<ISymbol> ReadFields);
}
