using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BlockGen.Analyzers;

/// <summary>
/// Follows one body along its control flow, from a state at its entry to the states at its exits, and reports what it
/// finds on the way.
/// </summary>
internal sealed partial class FlowRun(FlowProgram program, ISymbol owner, ControlFlowGraph graph, int depth)
{
    // No stack is deep enough for everything; further down, calls are judged by what they are given.
    private const int MaxDepth = 64;

    private readonly List<FlowExit> _exits = [];
    private readonly HashSet<Origin> _rentedHere = [];
    private readonly HashSet<Origin> _pendingHere = [];
    private BlockWork _work = new(0, graph.Blocks.Length - 1);
    private BasicBlock _block = graph.Blocks[0];
    private FlowState _state = FlowState.Empty;
    private bool _isQuiet;
    private bool _mayLose; // an exception is on its way whose leaks nobody judges

    /// <summary>The methods that are being followed, the innermost last.</summary>
    public IReadOnlyList<ISymbol> Callers { get; init; } = [];

    /// <summary>Whether a caller is being followed, so that parameters hold what it gave.</summary>
    public bool IsCalled { get; init; }

    /// <summary>Follows the body.</summary>
    public FlowResult Run(FlowState entry)
    {
        _work.Enqueue(0, entry);
        RunBlocks(_work);
        return new FlowResult(_exits);
    }

    private void RunBlocks(BlockWork work)
    {
        BlockWork outer = _work;
        _work = work;
        while (work.TryTake(out int block, out FlowState state))
        {
            _state = state;
            RunBlock(graph.Blocks[block]);
        }

        _work = outer;
    }

    private void RunBlock(BasicBlock block)
    {
        _block = block;
        foreach (IOperation operation in block.Operations)
        {
            Evaluate(operation);
        }

        FlowValue value = block.BranchValue is { } branchValue ? Evaluate(branchValue) : FlowValue.Clean;
        FlowState state = _state;
        if (block is { ConditionalSuccessor: { } conditional, BranchValue: { } test })
        {
            bool isWhenTrue = block.ConditionKind is ControlFlowConditionKind.WhenTrue;
            CheckLoopBound(test);
            Follow(conditional, Refine(state, test, isWhenTrue), value);
            Follow(block.FallThroughSuccessor, Refine(state, test, !isWhenTrue), value);
            return;
        }

        if (block.FallThroughSuccessor?.Semantics is ControlFlowBranchSemantics.Return && block.BranchValue is { } result)
        {
            Return(result, value);
            state = _state;
        }

        Follow(block.FallThroughSuccessor, state, value);
    }
}

/// <summary>One way out of a body.</summary>
/// <param name="State">What is known there.</param>
/// <param name="Value">What is returned.</param>
/// <param name="Result">The operation that is returned.</param>
internal sealed record FlowExit(FlowState State, FlowValue Value, IOperation? Result);

/// <summary>What following a body has shown.</summary>
/// <param name="Exits">The ways out; none when it always throws.</param>
internal sealed record FlowResult(IReadOnlyList<FlowExit> Exits)
{
    /// <summary>What is returned on any of the ways.</summary>
    public FlowValue Value => Exits.Aggregate(FlowValue.Clean, (value, exit) => value.Join(exit.Value));

    /// <summary>What is known after any of the ways; null when there is none.</summary>
    public FlowState? State => Exits.Count == 0
        ? null
        : Exits.Skip(1).Aggregate(Exits[0].State, (state, exit) => state.Join(exit.State));
}
