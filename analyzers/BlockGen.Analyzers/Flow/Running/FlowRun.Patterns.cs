using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>Patterns, and calls that check.</summary>
internal sealed partial class FlowRun
{
    private FlowValue EvaluatePattern(IIsPatternOperation pattern)
    {
        Bind(pattern.Pattern, Evaluate(pattern.Value));
        return FlowValue.Clean;
    }

    /// <summary>Gives the variables that a pattern declares what they match.</summary>
    private void Bind(IPatternOperation pattern, FlowValue value)
    {
        ISymbol? declared = pattern switch
        {
            IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
            IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
            IListPatternOperation list => list.DeclaredSymbol,
            _ => null,
        };
        if (declared is not null)
        {
            _state = _state.Set(new AccessPath(declared), value.Through(pattern.Syntax.GetLocation()));
        }

        switch (pattern)
        {
            case IRecursivePatternOperation recursive:
                for (int i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
                {
                    Bind(recursive.DeconstructionSubpatterns[i], value.Member($"Item{i + 1}"));
                }

                foreach (IPropertySubpatternOperation property in recursive.PropertySubpatterns)
                {
                    if (property.Member is IMemberReferenceOperation member)
                    {
                        Bind(property.Pattern, IsMeasure(member.Member)
                            ? FlowValue.Clean
                            : ReadMember(member, member.Member, value));
                    }
                }

                break;
            case IListPatternOperation list:
                if (list.Patterns.Any(element => element is not (ISlicePatternOperation or IDiscardPatternOperation)))
                {
                    LookAt(value, LookKind.Inspection, list);
                }

                foreach (IPatternOperation element in list.Patterns)
                {
                    FlowValue held = element is ISlicePatternOperation ? value : ElementOf(value, list, ByteRange.Whole);
                    Bind(element is ISlicePatternOperation { Pattern: { } rest } ? rest : element, held);
                }

                break;
            case IBinaryPatternOperation binary:
                Bind(binary.LeftPattern, value);
                Bind(binary.RightPattern, value);
                break;
            case INegatedPatternOperation negated:
                Bind(negated.Pattern, value);
                break;
        }
    }

    private FlowState? RefinePattern(FlowState state, IOperation value, IPatternOperation pattern, bool truth)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                return RefinePattern(state, value, negated.Pattern, !truth);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return truth
                    ? RefinePattern(state, value, both.LeftPattern, true) is { } left
                        ? RefinePattern(left, value, both.RightPattern, true)
                        : null
                    : Either(
                        RefinePattern(state, value, both.LeftPattern, false),
                        RefinePattern(state, value, both.RightPattern, false));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either:
                return !truth
                    ? RefinePattern(state, value, either.LeftPattern, false) is { } right
                        ? RefinePattern(right, value, either.RightPattern, false)
                        : null
                    : Either(
                        RefinePattern(state, value, either.LeftPattern, true),
                        RefinePattern(state, value, either.RightPattern, true));
            case IConstantPatternOperation constant when IsNull(constant.Value):
                return truth ? WithoutBounce(state, value) : state;
            case IConstantPatternOperation constant:
                return Compare(
                    state, value, truth ? BinaryOperatorKind.Equals : BinaryOperatorKind.NotEquals, constant.Value);
            case IRelationalPatternOperation relation:
                return Compare(
                    state, value, truth ? relation.OperatorKind : Opposite(relation.OperatorKind), relation.Value);
            case IDeclarationPatternOperation declaration when MatchesAll(declaration):
                return truth ? state : null;
            case IDeclarationPatternOperation { MatchesNull: false } or IRecursivePatternOperation:
                return truth ? state : WithoutBounce(state, value);
            default:
                return state;
        }
    }

    /// <summary>Whether the pattern only gives the value a name.</summary>
    private static bool MatchesAll(IDeclarationPatternOperation pattern) =>
        pattern.MatchesNull
        || (pattern.InputType is { IsValueType: true } input
            && SymbolEqualityComparer.Default.Equals(input, pattern.MatchedType));

    /// <summary>The guards of the runtime: they return only when their argument is right.</summary>
    private bool TryGuard(CallSite call)
    {
        if (!call.Method.Name.StartsWith("ThrowIf", StringComparison.Ordinal)
            || !call.Method.ContainingType.IsIn("System", "ArgumentOutOfRangeException")
            || call.Arguments.IsEmpty)
        {
            return false;
        }

        IOperation value = call.Arguments[0].Operation;
        IOperation? other = call.Method.Parameters.Length > 2 ? call.Arguments[1].Operation : null;
        BinaryOperatorKind kind = call.Method.Name switch
        {
            "ThrowIfGreaterThan" => BinaryOperatorKind.LessThanOrEqual,
            "ThrowIfGreaterThanOrEqual" => BinaryOperatorKind.LessThan,
            "ThrowIfLessThan" => BinaryOperatorKind.GreaterThanOrEqual,
            "ThrowIfLessThanOrEqual" => BinaryOperatorKind.GreaterThan,
            "ThrowIfEqual" => BinaryOperatorKind.NotEquals,
            "ThrowIfNotEqual" => BinaryOperatorKind.Equals,
            _ => BinaryOperatorKind.None,
        };
        if (other is not null && kind is not BinaryOperatorKind.None)
        {
            _state = Compare(_state, value, kind, other);
            return true;
        }

        _state = Limit(_state, value, call.Method.Name switch
        {
            "ThrowIfZero" => new NumberLimits(false, false, true, null),
            "ThrowIfNegative" => new NumberLimits(false, true, false, null),
            "ThrowIfNegativeOrZero" => new NumberLimits(false, true, true, null),
            _ => NumberLimits.None,
        });
        return true;
    }

    /// <summary>A method that says whether its argument is right.</summary>
    private FlowState? RefineCall(FlowState state, IInvocationOperation call, bool truth)
    {
        IOperation? first = call.Arguments.FirstOrDefault()?.Value;
        if (first is not null && truth && call.TargetMethod.Name is "IsPow2")
        {
            return Limit(state, first, new NumberLimits(false, true, true, null));
        }

        if (first is not null && truth && call.TargetMethod is { Name: "Add", ContainingType.Name: "HashSet" })
        {
            return state;
        }

        if (program.Bodies.Of(call.TargetMethod) is not { } body || _isQuiet || depth >= MaxDepth)
        {
            return state;
        }

        (FlowState outer, bool wasQuiet) = (_state, _isQuiet);
        (_state, _isQuiet) = (state, true);
        CallSite site = new(
            call, call.TargetMethod, call.Instance, Evaluate(call.Instance), EvaluateArguments(call.Arguments));
        FlowState? refined = site.Given.IsClean ? state : OutcomeOf(site, body, truth);
        (_state, _isQuiet) = (outer, wasQuiet);
        return refined;
    }

    private FlowState? OutcomeOf(CallSite call, MethodBody body, bool truth)
    {
        if (Callers.Contains(body.Owner, SymbolEqualityComparer.Default) || !program.TrySpendRun())
        {
            return _state;
        }

        FlowState entry = _state;
        IMethodSymbol called = (IMethodSymbol)body.Owner;
        foreach (CallArgument argument in call.Arguments)
        {
            entry = entry.Set(
                new AccessPath(called.Parameters[argument.Parameter.Ordinal].OriginalDefinition), argument.Value);
        }

        FlowRun run = new(program, called, body.Graph, depth + 1)
        {
            IsCalled = true,
            Callers = [.. Callers, owner],
            _isQuiet = true,
        };
        FlowState? state = null;
        foreach (FlowExit exit in run.Run(entry).Exits)
        {
            FlowState? outcome = exit.Result is null ? exit.State : run.Refine(exit.State, exit.Result, truth);
            state = Either(state, outcome);
        }

        return state is null ? null : _state with { Limits = state.Limits };
    }
}
