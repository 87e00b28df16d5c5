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
    private HashSet<ISymbol> _readFields = new(SymbolEqualityComparer.Default);
    private int _runCount;

    public MemberTable Table { get; } = table;

    public MethodBodies Bodies { get; } = bodies;

    public Findings Findings { get; } = findings;

    /// <summary>Follows every body; again those that read a field which turned out to hold more than was known.</summary>
    public void Run(CancellationToken cancellation)
    {
        List<MethodBody> bodies = [.. Bodies.All().Where(body => !FlowScope.IsTrusted(body.Owner))];
        Dictionary<MethodBody, HashSet<ISymbol>> reads = [];
        for (int round = 0; round < MaxRounds && bodies.Count > 0; round++)
        {
            _changedFields = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            _results.Clear();
            foreach (MethodBody body in bodies)
            {
                cancellation.ThrowIfCancellationRequested();
                _runCount = 0;
                _readFields = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
                new FlowRun(this, body.Owner, body.Graph, depth: 0).Run(FlowState.Empty);
                reads[body] = _readFields;
            }

            bodies = [.. reads.Keys.Where(body => reads[body].Overlaps(_changedFields))];
        }
    }

    /// <summary>Whether one more body may be followed for the one that is being judged.</summary>
    public bool TrySpendRun() => _runCount++ < MaxRunsOfBody;

    public FlowValue FieldValue(ISymbol field)
    {
        _readFields.Add(field.OriginalDefinition);
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
            HashSet<ISymbol> outer = _readFields;
            _readFields = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            FlowResult run = new FlowRun(this, body.Owner, body.Graph, depth + 1) { IsCalled = true }.Run(FlowState.Empty);
            _results[key] = result = new MethodResult(run.Value, _readFields);
            _readFields = outer;
        }

        if (result is null)
        {
            return FlowValue.Clean;
        }

        _readFields.UnionWith(result.ReadFields);
        return result.Value;
    }

    /// <summary>What a method returns, and the fields that it depends on.</summary>
    private sealed record MethodResult(FlowValue Value, HashSet<ISymbol> ReadFields);
}
