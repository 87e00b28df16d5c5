using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BlockGen.Analyzers;

internal sealed partial class FlowRun
{
    private void Follow(ControlFlowBranch? branch, FlowState? state, FlowValue value)
    {
        if (branch is null || state is null)
        {
            return;
        }

        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            state = RunFinally(region, state);
            if (state is null)
            {
                return;
            }
        }

        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                _work.Ends.Add(state);
                break;
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                Throw(state, leaves: true);
                break;
            case ControlFlowBranchSemantics.Return:
                Leave(state, value, branch.Source.BranchValue);
                break;
            case ControlFlowBranchSemantics.Regular when branch.Destination is { Kind: BasicBlockKind.Exit }:
                Leave(state, FlowValue.Clean, null);
                break;
            case ControlFlowBranchSemantics.Regular when branch.Destination is { } next:
                _work.Enqueue(next.Ordinal, state);
                break;
        }
    }

    private void Leave(FlowState state, FlowValue value, IOperation? result)
    {
        CheckLeaks(state);
        foreach (Origin task in state.Pending.Where(_pendingHere.Contains))
        {
            Report(GuestDataRules.Kept, (SyntaxNode)task.Key, null, "a task that nobody waits for");
        }

        _exits.Add(new FlowExit(state, value, result));
    }

    /// <summary>Follows a finally region from this state to its end; null when it does not get there.</summary>
    private FlowState? RunFinally(ControlFlowRegion region, FlowState state)
    {
        (FlowState outerState, BasicBlock outerBlock) = (_state, _block);
        BlockWork work = new(region.FirstBlockOrdinal, region.LastBlockOrdinal);
        work.Enqueue(region.FirstBlockOrdinal, state);
        RunBlocks(work);
        (_state, _block) = (outerState, outerBlock);
        return work.Ends.Count == 0 ? null : work.Ends.Aggregate((left, right) => left.Join(right));
    }

    /// <summary>An exception may be thrown here: its handlers, or the caller, go on from this state.</summary>
    /// <param name="state">The state before what throws.</param>
    /// <param name="leaves">Whether to judge what is lost when nobody handles it.</param>
    private void Throw(FlowState state, bool leaves)
    {
        bool outer = _mayLose;
        _mayLose |= !leaves;
        Unwind(state);
        _mayLose = outer;
    }

    private void Unwind(FlowState state)
    {
        BasicBlock source = _block;
        FlowState? thrown = state;
        foreach (ControlFlowRegion region in RegionsAround(source))
        {
            if (region.Kind is not ControlFlowRegionKind.Try || region.EnclosingRegion is not { } whole)
            {
                continue;
            }

            if (whole.Kind is ControlFlowRegionKind.TryAndFinally)
            {
                thrown = RunFinally(whole.NestedRegions[1], thrown);
            }
            else if (EnterHandlers(whole.NestedRegions.Skip(1).ToImmutableArray(), thrown))
            {
                return;
            }

            if (thrown is null)
            {
                return;
            }
        }

        if (!_mayLose)
        {
            CheckLeaks(thrown);
        }
    }

    /// <summary>Whether one of the handlers takes every exception.</summary>
    private bool EnterHandlers(ImmutableArray<ControlFlowRegion> handlers, FlowState state)
    {
        foreach (ControlFlowRegion handler in handlers)
        {
            if (_work.Covers(handler.FirstBlockOrdinal))
            {
                _work.Enqueue(handler.FirstBlockOrdinal, state);
            }

            if (handler.Kind is ControlFlowRegionKind.Catch
                && (handler.ExceptionType is null
                    || handler.ExceptionType.SpecialType is SpecialType.System_Object
                    || handler.ExceptionType.IsIn("System", "Exception")))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What may throw is about to happen.</summary>
    private void MayThrow(FlowState before, bool leaves)
    {
        if (!_isQuiet && (!before.Bounces.IsEmpty || IsInTry))
        {
            Throw(before, leaves);
        }
    }

    private bool IsInTry => RegionsAround(_block).Any(region => region.Kind is ControlFlowRegionKind.Try);

    /// <summary>The regions around a block from the inside out; those around a lambda are not its own.</summary>
    private static IEnumerable<ControlFlowRegion> RegionsAround(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion;
            region is not (null or { Kind: ControlFlowRegionKind.Root });
            region = region.EnclosingRegion)
        {
            yield return region;
        }
    }

    private void CheckLeaks(FlowState state)
    {
        foreach (KeyValuePair<Origin, BounceStage> bounce in state.Bounces)
        {
            if (bounce.Value == BounceStage.Rented && _rentedHere.Contains(bounce.Key))
            {
                Report(GuestDataRules.BounceLost, (SyntaxNode)bounce.Key.Key, null);
            }
        }
    }

    private void Report(DiagnosticDescriptor rule, SyntaxNode place, Trace? trace, params object[] arguments)
    {
        if (!_isQuiet)
        {
            program.Findings.Add(rule, place, trace, arguments);
        }
    }
}
