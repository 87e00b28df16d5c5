using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

internal sealed partial class FlowRun
{
    /// <summary>What is known of an operation's value; its effects are in the state.</summary>
    private FlowValue Evaluate(IOperation? operation) => operation switch
    {
        null => FlowValue.Clean,
        ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation => ReadVariable(operation),
        IFieldReferenceOperation field => EvaluateMember(field, field.Field),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => EvaluateMember(property, property.Property),
        IPropertyReferenceOperation indexer => EvaluateIndexer(indexer),
        IArrayElementReferenceOperation element => EvaluateElement(element),
        IImplicitIndexerReferenceOperation indexer => EvaluateImplicitIndexer(indexer),
        IInlineArrayAccessOperation access => EvaluateInlineArray(access),
        IFlowCaptureOperation capture => EvaluateCapture(capture),
        IFlowCaptureReferenceOperation reference => ReadCapture(reference),
        IExpressionStatementOperation statement => Evaluate(statement.Operation),
        ISimpleAssignmentOperation assignment => EvaluateAssignment(assignment),
        ICompoundAssignmentOperation assignment => EvaluateCompound(assignment),
        IIncrementOrDecrementOperation step => EvaluateStep(step),
        IDeconstructionAssignmentOperation assignment => EvaluateDeconstruction(assignment),
        IInvocationOperation invocation => EvaluateInvocation(invocation),
        IObjectCreationOperation creation => EvaluateCreation(creation),
        IArrayCreationOperation creation => EvaluateArray(creation),
        IBinaryOperation binary => EvaluateBinary(binary),
        IUnaryOperation unary => EvaluateUnary(unary),
        IConversionOperation conversion => EvaluateConversion(conversion),
        ITupleOperation tuple => EvaluateTuple(tuple),
        IAwaitOperation wait => EvaluateAwait(wait),
        IDelegateCreationOperation creation => Evaluate(creation.Target),
        IFlowAnonymousFunctionOperation lambda => EvaluateLambda(lambda),
        IMethodReferenceOperation method => EvaluateMethodReference(method),
        IIsPatternOperation pattern => EvaluatePattern(pattern),
        IReturnOperation result => EvaluateYield(result),
        IDeclarationExpressionOperation declaration => Evaluate(declaration.Expression),
        IAddressOfOperation address => Evaluate(address.Reference),
        IEventAssignmentOperation { Adds: true } subscription => EvaluateSubscription(subscription),
        INameOfOperation or ISizeOfOperation or ITypeOfOperation or ILiteralOperation => FlowValue.Clean,
        _ => EvaluateOther(operation),
    };

    /// <summary>Evaluates without effects and without reports.</summary>
    private FlowValue Peek(FlowState state, IOperation operation)
    {
        (FlowState outer, bool wasQuiet) = (_state, _isQuiet);
        (_state, _isQuiet) = (state, true);
        FlowValue value = Evaluate(operation);
        (_state, _isQuiet) = (outer, wasQuiet);
        return value;
    }

    /// <summary>An operation without a meaning of its own carries what its parts carry.</summary>
    private FlowValue EvaluateOther(IOperation operation)
    {
        List<IOperation> children = [.. operation.ChildOperations];
        List<FlowValue> parts = [.. children.Select(Evaluate)];
        if (operation.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax)
        {
            for (int i = 0; i < children.Count; i++)
            {
                CheckNumber(NumberUse.StackAllocation, parts[i], children[i]);
            }

            return FlowValue.Clean;
        }

        FlowValue joined = parts.Aggregate(FlowValue.Clean, (value, part) => value.Join(part));
        if (operation.Syntax is PrefixUnaryExpressionSyntax { RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.PointerIndirectionExpression }
            or ElementAccessExpressionSyntax)
        {
            // A pointer may point anywhere: what it points at is the same only where the same words say so.
            return ElementOf(joined, operation, new ByteRange(
                operation.Syntax.ToString(), null, null, isOpen: false, SymbolsIn(operation)));
        }

        return NumberType.IsNumber(operation.Type) || operation.Type?.SpecialType is SpecialType.System_Boolean
            ? FlowValue.Of(CopiesOf(joined))
            : FlowValue.Of(joined.AllMarks);
    }

    private FlowValue EvaluateCapture(IFlowCaptureOperation capture)
    {
        _captured[capture.Id] = capture.Value;
        FlowValue value = Evaluate(capture.Value);
        AccessPath place = new(capture.Id);
        _state = _state.Set(place, value);
        RememberTruth(place, capture.Value);
        return value;
    }

    private FlowValue ReadCapture(IFlowCaptureReferenceOperation reference) =>
        _state.Values.TryGetValue(new AccessPath(reference.Id), out FlowValue? value)
            ? WithParts(new AccessPath(reference.Id), Limited(value))
            : FlowValue.Clean;

    private void RememberTruth(AccessPath place, IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: bool truth })
        {
            _state = _state with { Truths = _state.Truths.SetItem(place, Truth.Of(truth)) };
        }
    }

    /// <summary>What an event calls is kept until somebody removes it.</summary>
    private FlowValue EvaluateSubscription(IEventAssignmentOperation subscription)
    {
        FlowValue handler = Evaluate(subscription.HandlerValue);
        CheckKept(handler, subscription);
        Entrust(handler);
        return FlowValue.Clean;
    }

    private FlowValue EvaluateTuple(ITupleOperation tuple)
    {
        ImmutableDictionary<string, FlowValue> parts = ImmutableDictionary<string, FlowValue>.Empty;
        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            parts = parts.SetItem($"Item{i + 1}", Evaluate(tuple.Elements[i]));
        }

        return parts.Values.All(part => part.IsClean) ? FlowValue.Clean : FlowValue.Clean.WithParts(parts);
    }

    private FlowValue EvaluateAwait(IAwaitOperation wait)
    {
        FlowState before = _state;
        FlowValue value = Evaluate(wait.Operation);
        MayThrow(before, leaves: true);
        foreach (Mark mark in value.AllMarks)
        {
            if (mark.Kind is MarkKind.Bounce && !_state.Bounces.ContainsKey(mark.Origin))
            {
                _state = _state with { Bounces = _state.Bounces.SetItem(mark.Origin, BounceStage.Rented) };
            }
        }

        Settle(value);
        return value.Without(MarkKind.PendingTask);
    }

    private FlowValue EvaluateYield(IReturnOperation result)
    {
        FlowValue value = Evaluate(result.ReturnedValue);
        if (result.ReturnedValue is not null)
        {
            Return(result.ReturnedValue, value);
            _exits.Add(new FlowExit(_state, value, result.ReturnedValue));
        }

        return value;
    }

    /// <summary>The value leaves the body: whoever gets it answers for it.</summary>
    private void Return(IOperation operation, FlowValue value)
    {
        Settle(value);
        foreach (Mark mark in value.AllMarks)
        {
            if (mark.Kind is MarkKind.Bounce)
            {
                SetStage(mark.Origin, BounceStage.Escaped);
            }
        }

        ImmutableArray<Mark> marks = value.AllMarks;
        if (marks.FirstOrDefault(mark => mark.Kind is MarkKind.BounceMemory
            && (_rentedHere.Contains(mark.Origin) || operation.Type.IsGuestBuffer())
            && !marks.Any(other => other.Kind is MarkKind.Bounce)) is { } memory)
        {
            Report(GuestDataRules.BounceHandedOut, operation.Syntax, memory.Trace);
        }
    }

    /// <summary>Somebody waits for the tasks in the value.</summary>
    private void Settle(FlowValue value)
    {
        if (!_state.Pending.IsEmpty)
        {
            _state = _state with
            {
                Pending = _state.Pending.Except(
                    value.AllMarks.Where(mark => mark.Kind is MarkKind.PendingTask).Select(mark => mark.Origin)),
            };
        }
    }

    /// <summary>The marks that a copy of the value's bytes has.</summary>
    private static ImmutableArray<Mark> CopiesOf(FlowValue value) =>
        [.. value.AllMarks.Select(mark => mark.Copied).OfType<Mark>()];

    private readonly Dictionary<object, IOperation> _captured = [];
}
