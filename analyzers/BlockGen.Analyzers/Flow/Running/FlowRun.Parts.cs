using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>Parts that are written, and the other names that the whole has.</summary>
internal sealed partial class FlowRun
{
    /// <summary>What a part of something is given, the whole may hold from now on, under each of its names.</summary>
    private void Absorb(IOperation target, FlowValue value)
    {
        ImmutableArray<Mark> marks = NumberType.IsNumber(target.Type) || target.Kind is OperationKind.None
            ? CopiesOf(value)
            : value.AllMarks;
        if (value.Number is { IsUnbounded: true } number)
        {
            marks = marks.Add(new Mark(
                MarkKind.DiskBytes, number.Origin, isLive: false, ByteRange.Whole, number.Trace));
        }

        if (marks.IsEmpty || ContainerOf(target) is not { } place)
        {
            return;
        }

        Absorb(place, MemberIn(target), marks, target);
        Alias whole = AliasOf(place) ?? new Alias(place, null);
        if (!whole.Place.Equals(place))
        {
            Absorb(whole.Place, whole.Member, marks, target);
        }

        foreach (KeyValuePair<AccessPath, Alias> other in _state.Aliases)
        {
            if (other.Value.Place.Equals(whole.Place) && !other.Key.Equals(place))
            {
                Absorb(other.Key, null, marks, target);
            }
        }
    }

    private void Absorb(AccessPath place, ISymbol? member, ImmutableArray<Mark> marks, IOperation target)
    {
        FlowValue whole = _state.Values.TryGetValue(place, out FlowValue? known) ? known : FlowValue.Clean;
        _state = _state with { Values = _state.Values.SetItem(place, whole.Join(FlowValue.Of(marks))) };
        if (member is not null)
        {
            program.Record(member, FlowValue.Of(marks));
        }

        if (IsLasting(place))
        {
            CheckKept(FlowValue.Of(marks), target);
            Entrust(FlowValue.Of(marks));
        }
    }

    private Alias? AliasOf(AccessPath place) => _state.Aliases.TryGetValue(place, out Alias? alias) ? alias : null;

    /// <summary>A span, a memory, a pointer or a reference names the bytes of what it was made of.</summary>
    private void RememberAlias(ISimpleAssignmentOperation assignment)
    {
        if ((assignment.IsRef || assignment.Target.Type.IsMemory())
            && PlaceOf(assignment.Target) is { } name
            && ContainerOf(assignment.Value) is { } whole
            && !name.Equals(whole))
        {
            Alias alias = AliasOf(whole) ?? new Alias(whole, MemberIn(assignment.Value));
            _state = _state with { Aliases = _state.Aliases.SetItem(name, alias) };
        }
    }

    /// <summary>The field or property that holds what an operation names a part of.</summary>
    private ISymbol? MemberIn(IOperation? operation) => operation switch
    {
        IFieldReferenceOperation { Field.ContainingType.IsTupleType: false } field => field.Field,
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property when !IsView(property.Property) =>
            property.Property,
        IPropertyReferenceOperation property => MemberIn(property.Instance),
        IArrayElementReferenceOperation element => MemberIn(element.ArrayReference),
        IImplicitIndexerReferenceOperation indexer => MemberIn(indexer.Instance),
        IConversionOperation conversion => MemberIn(conversion.Operand),
        IInvocationOperation invocation when IsView(invocation.TargetMethod) =>
            MemberIn(invocation.Instance ?? invocation.Arguments.FirstOrDefault()?.Value),
        IFlowCaptureReferenceOperation reference when _captured.TryGetValue(reference.Id, out IOperation? captured) =>
            MemberIn(captured),
        _ => null,
    };
}
