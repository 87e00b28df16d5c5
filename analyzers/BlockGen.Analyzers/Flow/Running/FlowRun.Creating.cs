using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

internal sealed partial class FlowRun
{
    private FlowValue EvaluateCreation(IObjectCreationOperation creation)
    {
        FlowState before = _state;
        ImmutableArray<CallArgument> arguments = EvaluateArguments(creation.Arguments);
        if (creation.Constructor is not { } constructor)
        {
            return FlowValue.Clean;
        }

        MayThrow(before, leaves: false);
        MemberRoles roles = program.Table.Of(constructor);
        CallSite call = new(creation, constructor, null, FlowValue.Clean, arguments);
        foreach (CallArgument argument in arguments)
        {
            CheckUses(roles, argument.Parameter.Name, argument.Value, argument.Operation);
        }

        CheckUse(call.Given, creation);
        if (roles.Has(MemberRole.View))
        {
            return CallView(call);
        }

        if (roles.Has(MemberRole.Detach))
        {
            CheckKept(call.Given, creation);
        }

        Entrust(call.Given);
        if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is TypeDeclarationSyntax)
        {
            foreach (CallArgument argument in arguments)
            {
                program.Record(
                    argument.Parameter, argument.Value.Through(argument.Operation.Syntax.GetLocation()));
            }
        }

        if (creation.Type.IsOffset())
        {
            return arguments.IsEmpty ? FlowValue.Clean : arguments[0].Value;
        }

        return Holding(creation, arguments);
    }

    /// <summary>A new object: what it was given is in the members with the names of the parameters, or in the whole.</summary>
    private FlowValue Holding(IObjectCreationOperation creation, ImmutableArray<CallArgument> arguments)
    {
        ImmutableDictionary<string, FlowValue> parts = ImmutableDictionary<string, FlowValue>.Empty;
        List<Mark> marks = [];
        foreach (CallArgument argument in arguments)
        {
            string name = argument.Parameter.Name;
            FlowValue value = argument.Value.Through(argument.Operation.Syntax.GetLocation());
            ISymbol? member = creation.Type?.GetMembers().FirstOrDefault(candidate =>
                candidate is IPropertySymbol or IFieldSymbol { IsImplicitlyDeclared: false }
                && string.Equals(candidate.Name.TrimStart('_'), name, StringComparison.OrdinalIgnoreCase));
            if (member is null)
            {
                marks.AddRange(value.AllMarks);
            }
            else
            {
                parts = parts.SetItem(member.Name, value);
            }
        }

        if (creation.Type.IsDiskStruct() || creation.Type.IsTableEntry())
        {
            Location place = creation.Syntax.GetLocation();
            marks.Add(new Mark(
                MarkKind.Made,
                new Origin(creation.Syntax, place, creation.Type!.Name),
                isLive: false,
                ByteRange.Whole,
                new Trace(null, place)));
        }

        FlowValue whole = FlowValue.Of([.. marks.Distinct()]);
        return parts.Values.All(part => part.IsClean) && marks.Count == 0 ? FlowValue.Clean : whole.WithParts(parts);
    }

    private FlowValue EvaluateArray(IArrayCreationOperation creation)
    {
        foreach (IOperation size in creation.DimensionSizes)
        {
            CheckNumber(NumberUse.Allocation, Evaluate(size), size);
        }

        FlowValue held = FlowValue.Clean;
        foreach (IOperation element in creation.Initializer?.ElementValues ?? [])
        {
            FlowValue value = Evaluate(element);
            held = held.Join(NumberType.IsNumber(element.Type) ? FlowValue.Of(CopiesOf(value)) : FlowValue.Of(value.AllMarks));
            if (value.Number is { IsUnbounded: true } number)
            {
                held = held.Join(FlowValue.Of(new Mark(
                    MarkKind.DiskBytes, number.Origin, isLive: false, ByteRange.Whole, number.Trace)));
            }
        }

        return held;
    }

    private FlowValue EvaluateLambda(IFlowAnonymousFunctionOperation lambda)
    {
        ImmutableArray<Mark> captured = [.. CapturedBy(lambda).Where(IsGuestInUse)];
        Entrust(FlowValue.Of([.. CapturedBy(lambda)]));
        return new FlowValue
        {
            Marks = [.. captured.Distinct()],
            Target = new CallTarget(lambda.Symbol, lambda, graph),
        };
    }

    /// <summary>The marks of the variables that a lambda uses and that live outside of it.</summary>
    private IEnumerable<Mark> CapturedBy(IFlowAnonymousFunctionOperation lambda) =>
        lambda.Syntax is LambdaExpressionSyntax or AnonymousMethodExpressionSyntax
            && lambda.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Select(name => name.Identifier.ValueText).ToImmutableHashSet(StringComparer.Ordinal) is { } names
                ? _state.Values
                    .Where(pair => pair.Key.Root is ILocalSymbol or IParameterSymbol
                        && names.Contains(((ISymbol)pair.Key.Root).Name))
                    .SelectMany(pair => pair.Value.AllMarks)
                    .Concat(GuestParameters(lambda.Symbol).Where(parameter => names.Contains(parameter.Name)
                            && !_state.Values.ContainsKey(new AccessPath(parameter.OriginalDefinition)))
                        .SelectMany(parameter => OfType(
                            parameter.Type, parameter, parameter.Name, parameter.Locations[0]).Marks))
                : [];

    private static IEnumerable<IParameterSymbol> GuestParameters(IMethodSymbol lambda)
    {
        for (ISymbol? outer = lambda.ContainingSymbol; outer is IMethodSymbol method; outer = outer.ContainingSymbol)
        {
            foreach (IParameterSymbol parameter in method.Parameters)
            {
                yield return parameter;
            }
        }
    }

    private FlowValue EvaluateMethodReference(IMethodReferenceOperation reference)
    {
        if (program.Table.Of(reference.Method).Has(MemberRole.Escape))
        {
            CheckReviewed(reference, reference.Method);
        }

        FlowValue receiver = Evaluate(reference.Instance);
        return new FlowValue
        {
            Marks = [.. receiver.AllMarks.Where(IsGuestInUse)],
            Target = new CallTarget(reference.Method, null, graph) { Receiver = receiver },
        };
    }
}
