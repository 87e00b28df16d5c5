using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

internal sealed partial class FlowRun
{
    /// <summary>The place that an operation names; null when it names none.</summary>
    private AccessPath? PlaceOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => new AccessPath(local.Local),
        IParameterReferenceOperation parameter => new AccessPath(parameter.Parameter.OriginalDefinition),
        IInstanceReferenceOperation { Type: INamedTypeSymbol type } => new AccessPath(type.OriginalDefinition),
        IFieldReferenceOperation { Instance: null } field => new AccessPath(field.Field),
        IFieldReferenceOperation field => PlaceOf(field.Instance)?.Member(NameOf(field.Field)),
        IPropertyReferenceOperation { Instance: null, Arguments.IsEmpty: true } property => new AccessPath(property.Property),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property =>
            PlaceOf(property.Instance)?.Member(property.Property.Name),
        IFlowCaptureReferenceOperation reference => _captured.TryGetValue(reference.Id, out IOperation? captured)
            && PlaceOf(captured) is { } place
                ? place
                : new AccessPath(reference.Id),
        IConversionOperation { OperatorMethod: null } conversion => PlaceOf(conversion.Operand),
        IDeclarationExpressionOperation declaration => PlaceOf(declaration.Expression),
        IAddressOfOperation address => PlaceOf(address.Reference),
        _ => null,
    };

    /// <summary>The place of what holds the bytes that an operation names a part of.</summary>
    private AccessPath? ContainerOf(IOperation? operation) => operation switch
    {
        IArrayElementReferenceOperation element => ContainerOf(element.ArrayReference),
        IPropertyReferenceOperation property when !property.Arguments.IsEmpty || IsView(property.Property) =>
            ContainerOf(property.Instance),
        IImplicitIndexerReferenceOperation indexer => ContainerOf(indexer.Instance),
        IConversionOperation conversion => ContainerOf(conversion.Operand),
        IAddressOfOperation address => ContainerOf(address.Reference),
        IInvocationOperation invocation when IsView(invocation.TargetMethod) =>
            ContainerOf(invocation.Instance ?? invocation.Arguments.FirstOrDefault()?.Value),
        IObjectCreationOperation { Constructor: { } constructor } creation when IsView(constructor) =>
            ContainerOf(creation.Arguments.FirstOrDefault()?.Value),
        IFlowCaptureReferenceOperation reference when _captured.TryGetValue(reference.Id, out IOperation? captured)
            && captured is not IFlowCaptureReferenceOperation => ContainerOf(captured) ?? new AccessPath(reference.Id),
        _ => PlaceOf(operation)
            ?? (operation?.Kind is OperationKind.None ? ContainerOf(operation.ChildOperations.FirstOrDefault()) : null),
    };

    private static string NameOf(IFieldSymbol field) => (field.CorrespondingTupleField ?? field).Name;

    private bool IsView(ISymbol member) => program.Table.Of(member).Has(MemberRole.View);

    private FlowValue ReadVariable(IOperation operation)
    {
        AccessPath place = PlaceOf(operation) ?? new AccessPath(operation.Syntax);
        if (_state.Values.TryGetValue(place, out FlowValue? value))
        {
            return WithParts(place, Limited(value));
        }

        ISymbol? symbol = operation switch
        {
            IParameterReferenceOperation parameter => parameter.Parameter,
            ILocalReferenceOperation local => local.Local,
            _ => null,
        };
        FlowValue source = symbol is null
            ? FlowValue.Clean
            : OfType(operation.Type, symbol, symbol.Name, symbol.Locations.FirstOrDefault() ?? operation.Syntax.GetLocation());
        if (source.IsClean && symbol is IParameterSymbol given && IsReadFromDisk(given))
        {
            source = FlowValue.Of(new Mark(
                MarkKind.DiskBytes,
                new Origin(given, given.Locations[0], given.Name),
                isLive: false,
                ByteRange.Whole,
                new Trace(null, given.Locations[0])));
        }

        return WithParts(place, symbol is IParameterSymbol parameterOfType && IsCapturedByType(parameterOfType)
            ? source.Join(Identified(program.FieldValue(parameterOfType), place))
            : source);
    }

    /// <summary>Bytes that come in through a visible method are taken for what was read from a disk.</summary>
    private bool IsReadFromDisk(IParameterSymbol parameter) =>
        (!IsCalled || SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Callers.FirstOrDefault()))
        && parameter.Type.IsByteMemory()
        && parameter.ContainingSymbol is INamedTypeSymbol { IsExtension: true } or IMethodSymbol
        {
            DeclaredAccessibility: not Accessibility.Private,
            MethodKind: MethodKind.Ordinary or MethodKind.Constructor,
        };

    /// <summary>Whether a member uses a parameter of the type's primary constructor, which is a field then.</summary>
    private bool IsCapturedByType(IParameterSymbol parameter) =>
        owner is not IMethodSymbol { MethodKind: MethodKind.Constructor } and IMethodSymbol
        && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor };

    /// <summary>What a value of the type is when nothing else is known of it.</summary>
    private static FlowValue OfType(ITypeSymbol? type, object key, string name, Location place)
    {
        MarkKind? kind = type.IsGuestReadBuffer() ? MarkKind.GuestRead
            : type.IsGuestWriteBuffer() ? MarkKind.GuestWrite
            : type.IsBounceBuffer() ? MarkKind.Bounce
            : null;
        return kind is { } known
            ? FlowValue.Of(new Mark(
                known, new Origin(key, place, name), known is not MarkKind.Bounce, ByteRange.Whole, new Trace(null, place)))
            : FlowValue.Clean;
    }

    /// <summary>The value with what is known of the members of the place it is in.</summary>
    private FlowValue WithParts(AccessPath place, FlowValue value)
    {
        foreach (KeyValuePair<AccessPath, FlowValue> pair in _state.Values)
        {
            if (pair.Key.Members.Length > place.Members.Length && place.Contains(pair.Key))
            {
                string name = pair.Key.Members.Substring(place.Members.Length + 1);
                if (name.IndexOf('.') < 0)
                {
                    value = value.WithParts(value.Parts.SetItem(name, pair.Value));
                }
            }
        }

        return value;
    }

    /// <summary>The value with what checks have shown of it.</summary>
    private FlowValue Limited(FlowValue value) =>
        value.Number is { Identity: { } identity } number && _state.Limits.TryGetValue(identity, out NumberLimits? limits)
            ? value.WithNumber(number.Restrict(limits))
            : value;

    /// <summary>Whether a place lives on when the body is left.</summary>
    private bool IsLasting(AccessPath place) => place.Root switch
    {
        IFieldSymbol or IPropertySymbol => true,
        INamedTypeSymbol => !IsConstructor && !IsStructMember,
        IParameterSymbol { Type.IsReferenceType: true } => place.Members.Length > 0,
        _ => false,
    };

    private bool IsConstructor => owner is IMethodSymbol { MethodKind: MethodKind.Constructor };

    private bool IsStructMember => owner.ContainingType is { IsValueType: true };
}
