using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BlockGen.Analyzers;

/// <summary>
/// Bodies that were followed from one state need not be followed from it again: what they leave behind is remembered,
/// for so many states of each body.
/// </summary>
internal sealed class FollowedCalls
{
    private const int MaxCountOfBody = 64;

    private readonly Dictionary<ControlFlowGraph, List<FollowedCall>> _calls = [];

    public void Clear() => _calls.Clear();

    /// <summary>What following the body from this state has shown before; null when it has not been followed so.</summary>
    public FollowedCall? Find(ControlFlowGraph body, CallContext context, FlowState entry) =>
        _calls.TryGetValue(body, out List<FollowedCall>? calls)
            ? calls.Find(call => call.Suits(context) && call.Entry.IsSameInAll(entry))
            : null;

    public void Remember(ControlFlowGraph body, FollowedCall call)
    {
        if (call.Effects.IsCutShort)
        {
            return;
        }

        if (!_calls.TryGetValue(body, out List<FollowedCall>? calls))
        {
            _calls[body] = calls = [];
        }

        if (calls.Count < MaxCountOfBody)
        {
            calls.Add(call);
        }
    }
}

/// <summary>In which surroundings a body is followed.</summary>
/// <param name="Depth">How many calls deep it is.</param>
/// <param name="IsQuiet">Whether nothing is reported.</param>
/// <param name="Callers">The methods that are being followed around it.</param>
internal sealed record CallContext(int Depth, bool IsQuiet, IReadOnlyList<ISymbol> Callers);

/// <summary>A body that was followed from one state to all its ends.</summary>
/// <param name="Context">In which surroundings.</param>
/// <param name="Entry">From which state.</param>
/// <param name="State">What is known at its end; null when it always throws.</param>
/// <param name="Value">What it returns.</param>
/// <param name="Effects">What else came of it.</param>
internal sealed record FollowedCall(
    CallContext Context, FlowState Entry, FlowState? State, FlowValue Value, Effects Effects)
{
    /// <summary>Whether nothing would come out otherwise there: no call in it would be a recursion.</summary>
    public bool Suits(CallContext context) =>
        Context.IsQuiet == context.IsQuiet
        && FlowRun.FollowsGuards(Context.Depth, context.Depth)
        && !context.Callers.Any(Effects.Followed.Contains);
}
