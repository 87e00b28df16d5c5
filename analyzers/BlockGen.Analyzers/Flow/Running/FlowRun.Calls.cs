using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

internal sealed partial class FlowRun
{
    private FlowValue EvaluateInvocation(IInvocationOperation invocation)
    {
        FlowState before = _state;
        FlowValue receiver = Evaluate(invocation.Instance);
        CallSite call = new(
            invocation, invocation.TargetMethod, invocation.Instance, receiver, EvaluateArguments(invocation.Arguments));
        MayThrow(before, leaves: false);
        return Call(call);
    }

    private ImmutableArray<CallArgument> EvaluateArguments(ImmutableArray<IArgumentOperation> arguments) =>
    [
        .. arguments.Where(argument => argument.Parameter is not null).Select(argument => new CallArgument(
            argument.Parameter!,
            argument.Value,
            argument.Parameter!.RefKind is RefKind.Out ? FlowValue.Clean : Evaluate(argument.Value))),
    ];

    private FlowValue Call(CallSite call)
    {
        MemberRoles roles = program.Table.Of(call.Method);
        foreach (CallArgument argument in call.Arguments)
        {
            CheckUses(roles, argument.Parameter.Name, argument.Value, argument.Operation);
        }

        if (call.Method.Name is "Dispose" && call.Method.Parameters.IsEmpty
            && call.Receiver.Marks.Any(mark => mark.Kind is MarkKind.Bounce))
        {
            Dispose(call.Receiver, call.Operation);
            return FlowValue.Clean;
        }

        CheckUse(call.Given, call.Operation);
        if (roles.Has(MemberRole.Escape))
        {
            CheckReviewed(call.Operation, call.Method);
        }

        FlowValue result = CallWith(roles, call);
        return Pended(call, result);
    }

    private FlowValue CallWith(MemberRoles roles, CallSite call)
    {
        if (!roles.HasNone)
        {
            return CallKnown(roles, call);
        }

        if (call.Method.MethodKind is MethodKind.DelegateInvoke)
        {
            return call.Receiver.Target is { } target ? CallTarget(target, call) : CallUnknown(call);
        }

        if (call.Method.MethodKind is MethodKind.LocalFunction && Declares(graph, call.Method))
        {
            return CallGraph(
                graph.GetLocalFunctionControlFlowGraphInScope(call.Method.OriginalDefinition), call.Method, call);
        }

        if (TryGuard(call))
        {
            return FlowValue.Clean;
        }

        if (call.Method.ContainingType is { IsRecord: true } && call.Method.Name is "Validate" && call.Method.Parameters.IsEmpty)
        {
            Validated(call.Instance);
        }

        if (call.Method.Name is "Read" && call.Method.IsStatic && call.Method.ContainingType.IsDiskStruct())
        {
            return FlowValue.Of(new Mark(
                MarkKind.Unvalidated,
                new Origin(call.Operation.Syntax, call.Operation.Syntax.GetLocation(), call.Method.ContainingType.Name),
                isLive: false,
                ByteRange.Whole,
                new Trace(null, call.Operation.Syntax.GetLocation())));
        }

        MethodBody? body = program.Bodies.Of(call.Method) is { } own && !FlowScope.IsTrusted(own.Owner) ? own : null;
        if (call.Operation is IInvocationOperation { IsVirtual: true } or IInvocationOperation { TargetMethod.IsStatic: true }
            && !call.Given.IsClean
            && program.Bodies.Overriding(call.Method) is { Count: > 0 } overriding)
        {
            return CallAny(call, body is null ? overriding : [body, .. overriding]);
        }

        if (body is not null)
        {
            return CallBody(call, body);
        }

        return IsMath(call.Method) ? EvaluateMath(call) : CallUnknown(call);
    }

    private static bool IsMath(IMethodSymbol method) =>
        method.IsStatic
        && (method.ContainingType.IsIn("System", "Math")
            || method.ContainingType.IsIn("System.Numerics", "BitOperations")
            || method.ContainingType.IsIn("System.Buffers.Binary", "BinaryPrimitives")
            || NumberType.IsNumber(method.ContainingType))
        && method.Name is not ("Parse" or "TryParse");

    private void Validated(IOperation? instance)
    {
        if (PlaceOf(instance) is { } place && _state.Values.TryGetValue(place, out FlowValue? value))
        {
            _state = _state with { Values = _state.Values.SetItem(place, value.Without(MarkKind.Unvalidated)) };
        }
    }

    /// <summary>A task of a call that was given guest memory uses it until somebody has waited for the task.</summary>
    private FlowValue Pended(CallSite call, FlowValue result)
    {
        if (!call.Operation.Type.IsTask() || call.Operation is not IInvocationOperation)
        {
            return result;
        }

        if (call.Method.Name is "WhenAny")
        {
            return result.Without(MarkKind.PendingTask);
        }

        Mark[] used = [.. call.Given.AllMarks.Where(mark => mark.IsLive && mark.IsGuest)];
        bool isPassedOn = call.Given.AllMarks.Any(mark => mark.Kind is MarkKind.PendingTask);
        if (used.Length == 0 || isPassedOn || _isQuiet)
        {
            return isPassedOn
                ? FlowValue.Of([.. result.AllMarks, .. call.Given.AllMarks.Where(mark => mark.Kind is MarkKind.PendingTask)])
                : result;
        }

        Origin origin = new(call.Operation.Syntax, call.Operation.Syntax.GetLocation(), used[0].Origin.Text);
        _pendingHere.Add(origin);
        _state = _state with { Pending = _state.Pending.Add(origin) };
        return result.Join(FlowValue.Of(new Mark(
            MarkKind.PendingTask, origin, isLive: false, ByteRange.Whole, used[0].Trace.Through(origin.Location))));
    }

    /// <summary>Whether a graph, or one around it, has a local function; in code that does not compile it may not.</summary>
    private static bool Declares(ControlFlowGraph graph, IMethodSymbol function)
    {
        for (ControlFlowGraph? scope = graph; scope is not null; scope = scope.Parent)
        {
            if (scope.LocalFunctions.Contains(function.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private FlowValue CallTarget(CallTarget target, CallSite call)
    {
        if (target is { Lambda: { } lambda, Graph: { } holder })
        {
            return CallGraph(holder.GetAnonymousFunctionControlFlowGraphInScope(lambda), target.Method, call);
        }

        if (target.Method.MethodKind is MethodKind.LocalFunction && target.Graph is { } outer
            && Declares(outer, target.Method))
        {
            return CallGraph(
                outer.GetLocalFunctionControlFlowGraphInScope(target.Method.OriginalDefinition), target.Method, call);
        }

        return program.Bodies.Of(target.Method) is { } body
            ? CallGraph(body.Graph, target.Method, call)
            : CallWith(
                program.Table.Of(target.Method), call with { Method = target.Method, Receiver = target.Receiver, Instance = null });
    }

    // Checks of what a method was not given, but finds in a field, count so many calls deep.
    private const int GuardDepth = 3;

    /// <summary>Whether bodies at the two depths follow the same calls.</summary>
    public static bool FollowsGuards(int depth, int other) =>
        Math.Min(depth, GuardDepth) == Math.Min(other, GuardDepth);

    private FlowValue CallBody(CallSite call, MethodBody body)
    {
        bool isInteresting = !call.Receiver.IsClean
            || call.Arguments.Any(argument => !argument.Value.IsClean)
            || (depth < GuardDepth && HasGuards(body));
        return isInteresting
            ? CallGraph(body.Graph, (IMethodSymbol)body.Owner, call)
            : program.ResultOf((IMethodSymbol)body.Owner, body, depth);
    }

    /// <summary>Follows every body that the call may get to.</summary>
    private FlowValue CallAny(CallSite call, IReadOnlyList<MethodBody> bodies)
    {
        FlowState before = _state;
        FlowState? after = null;
        FlowValue result = FlowValue.Clean;
        foreach (MethodBody body in bodies)
        {
            _state = before;
            result = result.Join(CallGraph(body.Graph, (IMethodSymbol)body.Owner, call));
            after = after?.Join(_state) ?? _state;
        }

        _state = after ?? before;
        return result;
    }

    private static bool HasGuards(MethodBody body) => body.Graph.Blocks.Any(block =>
        block.FallThroughSuccessor?.Semantics is ControlFlowBranchSemantics.Throw);

    /// <summary>Follows a body with what it is given, and takes over what it leaves behind.</summary>
    private FlowValue CallGraph(ControlFlowGraph body, IMethodSymbol method, CallSite call)
    {
        IMethodSymbol called = method.OriginalDefinition;
        bool isRecursive = owner.Equals(called, SymbolEqualityComparer.Default)
            || Callers.Contains(called, SymbolEqualityComparer.Default);
        if (isRecursive)
        {
            program.Effects.IsCutShort = true;
            CheckRecursion(call);
            Entrust(call.Given);
            return FlowValue.Of(CopiesOf(call.Given));
        }

        if (depth >= MaxDepth || !program.TrySpendRun())
        {
            program.Effects.IsCutShort = true;
            return CallUnfollowed(call);
        }

        FlowState before = _state;
        bool isOtherInstance = call.Instance is not (null or IInstanceReferenceOperation)
            && called.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction or MethodKind.DelegateInvoke);
        CallFrame frame = CallFrame.Of(
            isOtherInstance ? WithoutThis(before, called.ContainingType) : before, called, call.Given);
        FlowState entry = frame.Visible;
        if (isOtherInstance)
        {
            entry = entry.Set(new AccessPath(called.ContainingType.OriginalDefinition), call.Receiver);
        }

        if (called.ContainingType is { IsExtension: true, ExtensionParameter: { } extended })
        {
            entry = entry.Set(new AccessPath(extended), call.Receiver);
        }

        foreach (CallArgument argument in call.Arguments)
        {
            int ordinal = Math.Min(argument.Parameter.Ordinal, called.Parameters.Length - 1);
            FlowValue given = argument.Value.Through(argument.Operation.Syntax.GetLocation());
            if (ordinal >= 0)
            {
                entry = entry.Set(new AccessPath(called.Parameters[ordinal].OriginalDefinition), given);
            }
        }

        FollowedCall followed = Followed(body, called, entry);
        if (followed.State is not { } end)
        {
            return FlowValue.Clean;
        }

        FlowState after = frame.Return(end.WithoutNamesIn(called), followed.Effects.Renewed);

        _state = after with
        {
            Values = after.Values
                .Where(pair => before.Values.ContainsKey(pair.Key) || pair.Key.Root is IFieldSymbol
                    || (pair.Key.Root is INamedTypeSymbol && !isOtherInstance)
                    || before.Values.ContainsKey(new AccessPath(pair.Key.Root)))
                .ToImmutableDictionary(),
        };
        if (isOtherInstance)
        {
            _state = _state with
            {
                Values = WithoutThis(_state, called.ContainingType).Values.AddRange(before.Values.Where(pair =>
                    pair.Key.Root.Equals(called.ContainingType.OriginalDefinition))),
            };
        }

        TakeBack(call, called, after);
        return followed.Value.Through(call.Operation.Syntax.GetLocation());
    }

    /// <summary>Follows a body from a state; not again when it was followed from just this state before.</summary>
    private FollowedCall Followed(ControlFlowGraph body, IMethodSymbol called, FlowState entry)
    {
        CallContext context = new(depth + 1, _isQuiet, [.. Callers, owner]);
        if (program.FollowedCalls.Find(body, context, entry) is { } before)
        {
            program.Effects.Add(before.Effects);
            return before;
        }

        FollowedCall followed = program.WithEffects(called, effects =>
        {
            FlowResult result = new FlowRun(program, called, body, context.Depth)
            {
                IsCalled = true,
                Callers = context.Callers,
                _isQuiet = context.IsQuiet,
            }.Run(entry);
            return new FollowedCall(context, entry, result.State, result.Value, effects);
        });
        program.FollowedCalls.Remember(body, followed);
        return followed;
    }

    /// <summary>
    /// A call that nobody has the time to follow does the worst that it can with what it is given. Buffers of a guest are
    /// left to the called method, which is judged by its own parameters.
    /// </summary>
    private FlowValue CallUnfollowed(CallSite call)
    {
        foreach (CallArgument argument in call.Arguments.Where(argument => !argument.Parameter.Type.IsGuestBuffer()))
        {
            LookAt(argument.Value, LookKind.Inspection, argument.Operation);
            CheckStored(argument.Value, argument.Operation);
            CheckNumber(NumberUse.Allocation, argument.Value, argument.Operation);
        }

        Entrust(call.Given);
        return FlowValue.Of(CopiesOf(call.Given));
    }

    private static FlowState WithoutThis(FlowState state, INamedTypeSymbol type) => state with
    {
        Values = state.Values.RemoveRange(state.Values.Keys.Where(place => place.Root.Equals(type.OriginalDefinition))),
    };

    /// <summary>What a called body did to what it was given: out and ref parameters, and memory that it filled.</summary>
    private void TakeBack(CallSite call, IMethodSymbol called, FlowState after)
    {
        foreach (CallArgument argument in call.Arguments)
        {
            int ordinal = Math.Min(argument.Parameter.Ordinal, called.Parameters.Length - 1);
            if (ordinal < 0
                || !after.Values.TryGetValue(
                    new AccessPath(called.Parameters[ordinal].OriginalDefinition), out FlowValue? value))
            {
                continue;
            }

            if (argument.Parameter.RefKind is RefKind.Out or RefKind.Ref)
            {
                Assign(argument.Operation, value, call.Operation);
            }
            else if (value.AllMarks.Where(mark => !argument.Value.AllMarks.Contains(mark)).ToImmutableArray()
                is { IsEmpty: false } added)
            {
                Absorb(argument.Operation, FlowValue.Of(added));
            }
        }
    }
}
