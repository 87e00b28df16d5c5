using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>Calls of members that the tables name, and of members that nothing is known of.</summary>
internal sealed partial class FlowRun
{
    private FlowValue CallKnown(MemberRoles roles, CallSite call)
    {
        if (SourceOf(roles, call.Operation, call.Method.Name) is { } source)
        {
            return source;
        }

        for (MemberRole role = MemberRole.View; role <= MemberRole.Cleanser; role++)
        {
            if (!roles.Has(role))
            {
                continue;
            }

            switch (role)
            {
                case MemberRole.View:
                    return CallView(call);
                case MemberRole.Neutral:
                    return FlowValue.Clean;
                case MemberRole.Cleanser:
                    Cleanse(call);
                    return FlowValue.Clean;
                case MemberRole.Digest:
                    LookAt(call.Given, LookKind.Digest, call.Operation);
                    if (roles.Has(MemberRole.Store))
                    {
                        CheckStored(call.Given, call.Operation);
                    }

                    return Spread(call, CopiesOf(call.Given));
                case MemberRole.Parse:
                    return CallParse(call);
                case MemberRole.Copy:
                    return CallCopy(call);
                case MemberRole.Store:
                    return CallStore(call);
                case MemberRole.Fill:
                    return CallFill(call);
                case MemberRole.Keep:
                    return CallKeep(call);
                case MemberRole.Detach or MemberRole.Pool:
                    CheckKept(call.Given, call.Operation);
                    Entrust(call.Given);
                    return FlowValue.Clean;
                case MemberRole.Rent:
                    return CallRent(call);
            }
        }

        return CallUnknown(call);
    }

    private FlowValue CallView(CallSite call)
    {
        FlowValue whole = MemoryOf(call.Given);
        ImmutableArray<CallArgument> bounds =
            [.. call.Arguments.Where(argument => NumberType.IsNumber(argument.Parameter.Type))];
        if (!bounds.IsEmpty && call.Method.Name is "Slice" or "AsSpan" or "AsMemory" or "GetSubArray")
        {
            IOperation start = bounds[0].Operation;
            IOperation? length = bounds.Length > 1 ? bounds[1].Operation : null;
            whole = whole.Select(mark => mark.IsLive
                ? mark.With(mark.Range.Part(
                    Words(start),
                    FixedOf(start, missing: 0),
                    length is null ? null : FixedOf(length, missing: null),
                    length is null,
                    length is null ? SymbolsIn(start) : [.. SymbolsIn(start), .. SymbolsIn(length)]))
                : mark);
        }

        foreach (CallArgument argument in call.Arguments.Where(argument => argument.Parameter.RefKind is RefKind.Out))
        {
            Assign(argument.Operation, whole, call.Operation);
        }

        return whole;
    }

    private FlowValue CallParse(CallSite call)
    {
        ImmutableArray<Mark> marks = LookAt(call.Given, LookKind.Digest, call.Operation);
        bool isFromDisk = call.Given.AllMarks.Any(mark => mark.Kind is MarkKind.DiskBytes);
        foreach (CallArgument argument in call.Arguments.Where(argument => argument.Parameter.RefKind is RefKind.Out))
        {
            Assign(
                argument.Operation,
                FlowValue.Of(marks).WithNumber(
                    isFromDisk ? Unknown(argument.Parameter.Type, call.Operation.Syntax, call.Operation.Syntax, call.Method.Name) : null),
                call.Operation);
        }

        return FlowValue.Of(marks).WithNumber(
            isFromDisk ? Unknown(call.Operation.Type, call.Operation.Syntax, call.Operation.Syntax, call.Method.Name) : null);
    }

    private FlowValue CallCopy(CallSite call)
    {
        FlowValue read = call.Arguments.Where(argument => !argument.IsTarget)
            .Aggregate(call.Receiver, (value, argument) => value.Join(argument.Value));
        LookAt(read, LookKind.Copy, call.Operation);
        ImmutableArray<Mark> copies = CopiesOf(read);
        if (read.Number is { IsUnbounded: true } number)
        {
            copies = copies.Add(new Mark(
                MarkKind.DiskBytes, number.Origin, isLive: false, ByteRange.Whole, number.Trace));
        }

        return Spread(call, copies);
    }

    /// <summary>The bytes go to the arguments that are written into, to the receiver when there is none, and back.</summary>
    private FlowValue Spread(CallSite call, ImmutableArray<Mark> marks)
    {
        CallArgument[] targets = [.. call.Arguments.Where(argument => argument.IsTarget)];
        FlowValue moved = FlowValue.Of(marks).Through(call.Operation.Syntax.GetLocation());
        foreach (CallArgument target in targets)
        {
            Absorb(target.Operation, moved);
        }

        if (targets.Length == 0 && call.Instance is not null && call.Instance is not IInstanceReferenceOperation
            && !call.Receiver.AllMarks.Any(mark => mark.IsLive))
        {
            Absorb(call.Instance, moved);
        }

        return call.Operation.Type?.SpecialType is SpecialType.System_Boolean or SpecialType.System_Void
            ? FlowValue.Clean
            : moved;
    }

    private FlowValue CallStore(CallSite call)
    {
        CheckStored(call.Receiver, call.Operation);
        foreach (CallArgument argument in call.Arguments)
        {
            LookAt(argument.Value, LookKind.Store, argument.Operation);
            CheckStored(argument.Value, argument.Operation);
        }

        return FlowValue.Clean;
    }

    private FlowValue CallFill(CallSite call)
    {
        Location place = call.Operation.Syntax.GetLocation();
        Mark fromDisk = new(
            MarkKind.DiskBytes,
            new Origin(call.Operation.Syntax, place, call.Method.Name),
            isLive: false,
            ByteRange.Whole,
            new Trace(null, place));
        foreach (CallArgument argument in call.Arguments.Where(argument =>
            argument.Parameter.Type.IsMemory() || argument.Parameter.Type.IsGuestReadBuffer()))
        {
            if (!argument.Value.AllMarks.Any(mark => mark.IsLive))
            {
                Absorb(argument.Operation, FlowValue.Of([.. CopiesOf(call.Receiver), fromDisk]));
            }
        }

        return FlowValue.Clean;
    }

    private FlowValue CallKeep(CallSite call)
    {
        FlowValue kept = call.Arguments.Aggregate(FlowValue.Clean, (value, argument) => value.Join(argument.Value));
        if (call.Instance is not null)
        {
            Absorb(call.Instance, kept);
        }

        Settle(kept);
        Entrust(kept);
        return FlowValue.Clean;
    }

    private FlowValue CallRent(CallSite call)
    {
        SyntaxNode place = call.Operation.Syntax;
        Origin origin = new(place, place.GetLocation(), "bounce buffer");
        _rentedHere.Add(origin);
        _state = _state with { Bounces = _state.Bounces.Remove(origin) };
        if (call.Operation.Type.IsBounceBuffer())
        {
            _state = _state with { Bounces = _state.Bounces.Add(origin, BounceStage.Rented) };
        }

        return FlowValue.Of(new Mark(
            MarkKind.Bounce, origin, isLive: false, ByteRange.Whole, new Trace(null, origin.Location)));
    }

    private FlowValue CallUnknown(CallSite call)
    {
        Entrust(call.Arguments.Aggregate(FlowValue.Clean, (value, argument) => value.Join(argument.Value)));
        if (call.Operation.Type.IsTask() && call.Given.AllMarks.Any(mark => mark.Kind is MarkKind.PendingTask))
        {
            RunGiven(call);
            return FlowValue.Of(call.Given.AllMarks);
        }

        Settle(call.Given);
        List<Mark> held = [];
        foreach (CallArgument argument in call.Arguments)
        {
            if (argument.Parameter.Type.IsGuestWriteBuffer())
            {
                LookAt(argument.Value, LookKind.Store, argument.Operation);
                CheckStored(argument.Value, argument.Operation);
            }
            else if (argument.IsHeld || argument.Value.Target is not null || argument.Parameter.Type.IsGuestReadBuffer())
            {
                held.AddRange(argument.Value.AllMarks);
            }
            else if (!argument.IsTarget)
            {
                LookAt(argument.Value, LookKind.Inspection, argument.Operation);
            }
        }

        if (call.Instance is not null && !call.Method.IsStatic && call.Receiver.AllMarks.Any(mark => mark.IsLive)
            && call.Instance.Type.IsMemory())
        {
            LookAt(call.Receiver, LookKind.Inspection, call.Operation);
        }

        FlowValue returned = RunGiven(call);
        ImmutableArray<Mark> copies = [.. CopiesOf(call.Given).Union(held)];
        FlowValue result = call.Operation.Type?.SpecialType is SpecialType.System_Boolean or SpecialType.System_Void
            || NumberType.IsNumber(call.Operation.Type)
                ? FlowValue.Of([.. CopiesOf(call.Given).Where(_ => NumberType.IsNumber(call.Operation.Type))])
                : FlowValue.Of(copies).Join(FlowValue.Of(
                    call.Instance is null || call.Instance.Type.IsMemory() ? [] : call.Receiver.AllMarks));
        SpreadUnknown(call, copies);
        return result.Join(FlowValue.Of(returned.AllMarks)).WithNumber(PassedNumber(call, returned));
    }

    /// <summary>A number that goes through a wrapper: a nullable, a task, a lambda.</summary>
    private static NumberFacts? PassedNumber(CallSite call, FlowValue returned) =>
        NumberType.IsNumber(call.Operation.Type) || call.Operation.Type.IsTask()
            ? call.Method.Name is "GetValueOrDefault" or "FromResult" or "ConfigureAwait" or "AsTask"
                ? call.Receiver.Number ?? call.Arguments.FirstOrDefault()?.Value.Number
                : returned.Number
            : null;

    private void SpreadUnknown(CallSite call, ImmutableArray<Mark> marks)
    {
        if (marks.IsEmpty)
        {
            return;
        }

        foreach (CallArgument target in call.Arguments.Where(argument => argument.IsTarget))
        {
            Absorb(target.Operation, FlowValue.Of(marks));
        }

        if (call.Instance is ILocalReferenceOperation or IFlowCaptureReferenceOperation
            && call.Instance.Type is { IsReferenceType: true }
            && call.Arguments.Any(argument => !argument.Value.IsClean))
        {
            Absorb(call.Instance, FlowValue.Of(marks));
        }
    }

    /// <summary>
    /// Delegates that are handed to an unknown method are called by it with what it is given: once, or for each element.
    /// </summary>
    private FlowValue RunGiven(CallSite call)
    {
        FlowValue returned = FlowValue.Clean;
        foreach (CallArgument argument in call.Arguments)
        {
            if (argument.Value.Target is { } target)
            {
                FlowValue given = FlowValue.Of(
                    [.. call.Receiver.AllMarks, .. call.Arguments.Where(other => other != argument).SelectMany(other => other.Value.AllMarks)]);
                ImmutableArray<CallArgument> arguments =
                    [.. target.Method.Parameters.Select(parameter => new CallArgument(parameter, argument.Operation, given))];
                CallSite one = new(call.Operation, target.Method, null, FlowValue.Clean, arguments);
                returned = returned.Join(CallTarget(target, one));
                if (IsForEach(call.Method))
                {
                    returned = returned.Join(CallTarget(target, one));
                }
            }
        }

        return returned;
    }

    private static bool IsForEach(IMethodSymbol method) =>
        method.ContainingType.IsIn("System.Linq", "Enumerable")
        || method.ContainingType.IsIn("System.Threading.Tasks", "Parallel")
        || method.Name is "ForEach" or "ConvertAll";

    private void Cleanse(CallSite call)
    {
        foreach (CallArgument argument in call.Arguments)
        {
            _state = Limit(_state, argument.Operation, new NumberLimits(true, true, true, null));
            if (PlaceOf(argument.Operation) is { } place)
            {
                _state = _state.Set(place, FlowValue.Clean);
            }
        }
    }
}
