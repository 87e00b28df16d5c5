using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

internal sealed partial class FlowRun
{
    private FlowValue EvaluateAssignment(ISimpleAssignmentOperation assignment)
    {
        EvaluateIndices(assignment.Target);
        FlowValue value = Evaluate(assignment.Value);
        Assign(assignment.Target, value, assignment);
        RememberAlias(assignment);
        if (PlaceOf(assignment.Target) is { } place && assignment.Target.Type?.SpecialType is SpecialType.System_Boolean)
        {
            RememberTruth(place, assignment.Value);
            if (assignment.Value is IBinaryOperation or IIsPatternOperation or IUnaryOperation or IInvocationOperation)
            {
                _state = _state with
                {
                    Values = _state.Values.SetItem(place, new FlowValue { Condition = assignment.Value }),
                };
            }
        }

        return value;
    }

    private FlowValue EvaluateCompound(ICompoundAssignmentOperation assignment)
    {
        EvaluateIndices(assignment.Target);
        FlowValue left = Evaluate(assignment.Target);
        FlowValue right = Evaluate(assignment.Value);
        FlowValue value = NumberType.IsNumber(assignment.Type)
            ? Computed(
                assignment.OperatorKind,
                new Operand(assignment.Target, left),
                new Operand(assignment.Value, right),
                assignment,
                assignment.IsChecked)
            : FlowValue.Of(left.Join(right).AllMarks);
        Assign(assignment.Target, value, assignment);
        return value;
    }

    private FlowValue EvaluateStep(IIncrementOrDecrementOperation step)
    {
        FlowValue value = Evaluate(step.Target);
        Assign(step.Target, value.WithNumber(value.Number is { } number ? number with { Identity = step.Syntax } : null), step);
        return value;
    }

    private FlowValue EvaluateDeconstruction(IDeconstructionAssignmentOperation assignment)
    {
        FlowValue value = Evaluate(assignment.Value);
        Deconstruct(assignment.Target, value, assignment);
        return value;
    }

    private void Deconstruct(IOperation target, FlowValue value, IOperation operation)
    {
        IOperation inner = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        if (inner is not ITupleOperation tuple)
        {
            Assign(inner, value, operation);
            return;
        }

        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            string name = $"Item{i + 1}";
            ImmutableArray<FlowValue> inOrder = [.. value.Parts.Values];
            FlowValue element = value.Parts.ContainsKey(name) || inOrder.IsEmpty
                ? value.Member(name)
                : FlowValue.Of(value.AllMarks);
            Deconstruct(tuple.Elements[i], element, operation);
        }
    }

    /// <summary>The indices of an element that is written are looked at too; the element is not.</summary>
    private void EvaluateIndices(IOperation target)
    {
        switch (target)
        {
            case IArrayElementReferenceOperation element:
                foreach (IOperation index in element.Indices)
                {
                    CheckNumber(NumberUse.Index, Evaluate(index), index);
                }

                CheckUse(Evaluate(element.ArrayReference), element);
                break;
            case IPropertyReferenceOperation { Arguments.IsEmpty: false } indexer:
                if (NumberType.IsNumber(indexer.Property.Parameters[0].OriginalDefinition.Type))
                {
                    CheckNumber(NumberUse.Index, Evaluate(indexer.Arguments[0].Value), indexer.Arguments[0].Value);
                }

                CheckUse(Evaluate(indexer.Instance), indexer);
                break;
        }
    }

    private void Assign(IOperation? target, FlowValue value, IOperation operation)
    {
        FlowValue moved = value.Through(operation.Syntax.GetLocation());
        if (target is IDiscardOperation or null)
        {
            return;
        }

        if (target is IPropertyReferenceOperation { Arguments.IsEmpty: true } assigned)
        {
            CheckUses(program.Table.Of(assigned.Property), "value", moved, target);
            if (assigned.Property.SetMethod is { } setter && program.Bodies.Of(setter) is { } body)
            {
                CallArgument argument = new(setter.Parameters[setter.Parameters.Length - 1], operation, moved);
                CallBody(new CallSite(assigned, setter, assigned.Instance, Evaluate(assigned.Instance), [argument]), body);
                return;
            }
        }

        bool isPart = target is IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation
            or IPropertyReferenceOperation { Arguments.IsEmpty: false }
            || (target is ILocalReferenceOperation { Local.IsRef: true }
                && operation is not ISimpleAssignmentOperation { IsRef: true })
            || PlaceOf(target) is null;
        if (isPart)
        {
            Absorb(target, moved);
            return;
        }

        AccessPath place = PlaceOf(target)!;
        _state = _state.Set(place, moved);
        if (place.Root is IParameterSymbol { RefKind: not RefKind.None } parameter && place.Members.Length == 0)
        {
            HandOut(moved, target, parameter);
        }

        if (MemberIn(target) is { } member)
        {
            program.Record(member, moved);
            if (IsLasting(place))
            {
                CheckKept(moved, operation);
            }

            if (IsLasting(place) || IsConstructor)
            {
                Entrust(moved);
            }
        }
    }
}
