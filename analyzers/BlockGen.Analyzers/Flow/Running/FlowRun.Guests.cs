using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>The rules about guest memory and bounce buffers.</summary>
internal sealed partial class FlowRun
{
    /// <summary>Guest memory in the value is looked at. Gives the marks of the bytes fetched.</summary>
    private ImmutableArray<Mark> LookAt(FlowValue value, LookKind kind, IOperation operation)
    {
        if (!_isQuiet)
        {
            foreach (Mark mark in value.AllMarks.Where(mark => mark.IsLive && mark.IsGuest))
            {
                LookAt(mark, new Look(kind, mark.Range, operation.Syntax));
            }
        }

        return CopiesOf(value);
    }

    private void LookAt(Mark mark, Look look)
    {
        ImmutableList<Look> looks = _state.Looks.TryGetValue(mark.Origin, out ImmutableList<Look>? known) ? known : [];
        if (looks.FirstOrDefault(look.Repeats) is { } earlier)
        {
            bool isDigestBeside = (IsDigest(look) && IsTransfer(earlier)) || (IsTransfer(look) && IsDigest(earlier));
            Report(
                isDigestBeside ? GuestDataRules.DigestBeside : GuestDataRules.FetchedTwice,
                look.Syntax,
                mark.Trace.Through(earlier.Syntax.GetLocation()),
                mark.Origin.Text,
                earlier.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
        }

        if (!looks.Contains(look))
        {
            _state = _state with { Looks = _state.Looks.SetItem(mark.Origin, looks.Add(look)) };
        }
    }

    private static bool IsDigest(Look look) => look.Kind is LookKind.Digest;

    private static bool IsTransfer(Look look) => look.Kind is LookKind.Copy or LookKind.Store;

    /// <summary>The value is stored where it stays.</summary>
    private void CheckStored(FlowValue value, IOperation operation)
    {
        if (value.AllMarks.FirstOrDefault(mark => mark.Kind is MarkKind.GuestRead) is { } mark)
        {
            Report(GuestDataRules.Stored, operation.Syntax, mark.Trace, mark.Origin.Text);
        }
    }

    /// <summary>The value is put where it outlives the request.</summary>
    private void CheckKept(FlowValue value, IOperation operation)
    {
        if (value.AllMarks.FirstOrDefault(IsGuestInUse) is { } mark)
        {
            Report(GuestDataRules.Kept, operation.Syntax, mark.Trace, mark.Origin.Text);
            Settle(value);
        }
    }

    private static bool IsGuestInUse(Mark mark) => (mark.IsLive && mark.IsGuest) || mark.Kind is MarkKind.PendingTask;

    /// <summary>A bounce buffer in the value, or its memory, is used.</summary>
    private void CheckUse(FlowValue value, IOperation operation)
    {
        foreach (Mark mark in value.AllMarks)
        {
            if (mark.Kind is MarkKind.Bounce or MarkKind.BounceMemory
                && _state.Bounces.TryGetValue(mark.Origin, out BounceStage? stage)
                && stage == BounceStage.Returned)
            {
                Report(GuestDataRules.BounceUsed, operation.Syntax, mark.Trace);
            }
        }
    }

    /// <summary>A bounce buffer is given back.</summary>
    private void Dispose(FlowValue value, IOperation operation)
    {
        foreach (Mark mark in value.AllMarks.Where(mark => mark.Kind is MarkKind.Bounce))
        {
            if (_state.Bounces.TryGetValue(mark.Origin, out BounceStage? stage) && stage == BounceStage.Returned)
            {
                Report(GuestDataRules.BounceReturnedTwice, operation.Syntax, mark.Trace);
            }

            SetStage(mark.Origin, BounceStage.Returned);
        }
    }

    /// <summary>Somebody else returns the bounce buffers in the value from now on.</summary>
    private void Entrust(FlowValue value)
    {
        foreach (Mark mark in value.AllMarks.Where(mark => mark.Kind is MarkKind.Bounce))
        {
            SetStage(mark.Origin, BounceStage.Escaped);
        }
    }

    private void SetStage(Origin bounce, BounceStage stage)
    {
        if (_state.Bounces.ContainsKey(bounce))
        {
            _state = _state with { Bounces = _state.Bounces.SetItem(bounce, stage) };
        }
    }

    /// <summary>The value goes to whoever passed the parameter.</summary>
    private void HandOut(FlowValue value, IOperation operation, IParameterSymbol parameter)
    {
        Entrust(value);
        if (!IsCalled
            && parameter.ContainingSymbol.Equals(owner, SymbolEqualityComparer.Default)
            && value.AllMarks.FirstOrDefault(mark => mark.Kind is MarkKind.BounceMemory) is { } mark)
        {
            Report(GuestDataRules.BounceHandedOut, operation.Syntax, mark.Trace);
        }
    }

    private void CheckReviewed(IOperation operation, ISymbol member)
    {
        for (ISymbol? reviewed = owner; reviewed is not null and not INamespaceSymbol; reviewed = reviewed.ContainingSymbol)
        {
            if (IsReviewed(reviewed)
                || (reviewed is IMethodSymbol { AssociatedSymbol: { } property } && IsReviewed(property)))
            {
                return;
            }
        }

        Report(GuestDataRules.Unreviewed, operation.Syntax, null, member.Name);
    }

    private static bool IsReviewed(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass.IsIn("BlockGen", "ReviewedGuestAccessAttribute")
        && attribute.ConstructorArguments is [{ Value: string reason }]
        && !string.IsNullOrWhiteSpace(reason));
}
