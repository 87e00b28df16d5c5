using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What was found, each finding once.</summary>
internal sealed class Findings
{
    private readonly Dictionary<FindingKey, Diagnostic> _found = [];

    /// <summary>The findings; where guest bytes are stored, that they were also looked at before is no news.</summary>
    public IEnumerable<Diagnostic> All => _found
        .Where(found => found.Key.Id is not ("BG3002" or "BG3003")
            || !_found.ContainsKey(found.Key with { Id = GuestDataRules.Stored.Id }))
        .Select(found => found.Value);

    /// <summary>Keeps a finding.</summary>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="place">Where.</param>
    /// <param name="trace">How what breaks it got there.</param>
    /// <param name="arguments">For the rule's message.</param>
    public void Add(DiagnosticDescriptor rule, SyntaxNode place, Trace? trace, params object[] arguments)
    {
        FindingKey key = new(rule.Id, place.SyntaxTree, place.SpanStart);
        if (!_found.ContainsKey(key))
        {
            ImmutableArray<Location> path = trace is null ? [] : [.. trace.Places()];
            _found.Add(key, Diagnostic.Create(rule, place.GetLocation(), path, arguments));
        }
    }

    /// <summary>Findings that agree on this are the same.</summary>
    private sealed record FindingKey(string Id, SyntaxTree Tree, int Start);
}
