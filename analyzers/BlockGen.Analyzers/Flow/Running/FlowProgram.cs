using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What the runs over all methods of a compilation share.</summary>
internal sealed class FlowProgram(MemberTable table, MethodBodies bodies, Findings findings)
{
    private const int MaxRounds = 3;
    private const int MaxRunsOfBody = 2000;

    private readonly Dictionary<ISymbol, FlowValue> _fields = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, FlowValue?> _results = new(SymbolEqualityComparer.Default);
    private int _runCount;

    public MemberTable Table { get; } = table;

    public MethodBodies Bodies { get; } = bodies;

    public Findings Findings { get; } = findings;

    private bool FieldsChanged { get; set; }

    /// <summary>Follows every body; again when a field turned out to hold more than was known.</summary>
    public void Run(CancellationToken cancellation)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            FieldsChanged = false;
            _results.Clear();
            foreach (MethodBody body in Bodies.All())
            {
                cancellation.ThrowIfCancellationRequested();
                if (!FlowScope.IsTrusted(body.Owner))
                {
                    _runCount = 0;
                    new FlowRun(this, body.Owner, body.Graph, depth: 0).Run(FlowState.Empty);
                }
            }

            if (!FieldsChanged)
            {
                return;
            }
        }
    }

    /// <summary>Whether one more body may be followed for the one that is being judged.</summary>
    public bool TrySpendRun() => _runCount++ < MaxRunsOfBody;

    public FlowValue FieldValue(ISymbol field) =>
        _fields.TryGetValue(field.OriginalDefinition, out FlowValue? value) ? value : FlowValue.Clean;

    /// <summary>Remembers, for every method, what a field was given.</summary>
    public void Record(ISymbol field, FlowValue value)
    {
        FlowValue stored = value
            .Select(mark => mark.Kind is MarkKind.GuestRead or MarkKind.DiskBytes ? mark.Copied : null)
            .WithNumber(value.Number is { } number ? number with { Identity = null, GrowsWith = [] } : null);
        FlowValue kept = new() { Marks = stored.Marks, Number = stored.Number };
        FlowValue known = FieldValue(field);
        FlowValue joined = known.Join(kept);
        if (!joined.Equals(known))
        {
            _fields[field.OriginalDefinition] = joined;
            FieldsChanged = true;
        }
    }

    /// <summary>What a method returns to a caller who gives it nothing special.</summary>
    public FlowValue ResultOf(IMethodSymbol method, MethodBody body, int depth)
    {
        IMethodSymbol key = method.OriginalDefinition;
        if (!_results.TryGetValue(key, out FlowValue? result))
        {
            _results[key] = null;
            result = new FlowRun(this, body.Owner, body.Graph, depth + 1) { IsCalled = true }.Run(FlowState.Empty).Value;
            _results[key] = result;
        }

        return result ?? FlowValue.Clean;
    }
}
