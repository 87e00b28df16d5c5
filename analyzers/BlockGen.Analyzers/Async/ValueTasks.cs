using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>BG4004: follows value tasks along the control flow, by the expressions that made them.</summary>
internal static class ValueTasks
{
    public static void Check(AsyncBody body)
    {
        if (!body.Operations.Any(operation => IsTracked(operation.Symbol())))
        {
            return;
        }

        HashSet<SyntaxNode> reported = [];
        foreach (ControlFlowGraph graph in body.Graphs)
        {
            Check(graph, body, reported);
        }
    }

    private static void Check(ControlFlowGraph graph, AsyncBody body, HashSet<SyntaxNode> reported)
    {
        new ValueTaskFlow((place, name) =>
        {
            if (reported.Add(place))
            {
                body.Report(AsyncRules.AwaitedTwice, place, name);
            }
        }).Run(graph);
        foreach (IMethodSymbol function in graph.LocalFunctions)
        {
            Check(graph.GetLocalFunctionControlFlowGraph(function), body, reported);
        }

        foreach (IFlowAnonymousFunctionOperation lambda in graph.Blocks
            .SelectMany(block => block.Operations.Concat(block.BranchValue is { } value ? [value] : Array.Empty<IOperation>()))
            .SelectMany(operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>())
        {
            Check(graph.GetAnonymousFunctionControlFlowGraph(lambda), body, reported);
        }
    }

    public static bool IsTracked(ISymbol? symbol) => symbol switch
    {
        ILocalSymbol local => IsOnce(local.Type),
        IParameterSymbol parameter => IsOnce(parameter.Type),
        IFieldSymbol field => IsOnce(field.Type),
        IPropertySymbol { IsIndexer: false } property => IsOnce(property.Type) && IsStored(property),
        _ => false,
    };

    private static bool IsOnce(ITypeSymbol type) => type.Name is "ValueTask" or "ConfiguredValueTaskAwaitable" && type.IsTask();

    private static bool IsStored(IPropertySymbol property) => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}

/// <summary>Which value tasks were used on some way to a place.</summary>
/// <param name="report">Is told of the second use, and of the variable.</param>
internal sealed class ValueTaskFlow(Action<SyntaxNode, string> report)
{
    private const int MaxVisits = 2000;

    private ImmutableDictionary<ISymbol, ImmutableHashSet<object>> _held = Empty;
    private ImmutableHashSet<object> _used = [];

    private static ImmutableDictionary<ISymbol, ImmutableHashSet<object>> Empty { get; } =
        ImmutableDictionary.Create<ISymbol, ImmutableHashSet<object>>(SymbolEqualityComparer.Default);

    public void Run(ControlFlowGraph graph)
    {
        Dictionary<int, (ImmutableDictionary<ISymbol, ImmutableHashSet<object>> Held, ImmutableHashSet<object> Used)> entries =
            new() { [0] = (Empty, []) };
        Queue<int> work = new([0]);
        for (int visits = 0; work.Count > 0 && visits < MaxVisits; visits++)
        {
            BasicBlock block = graph.Blocks[work.Dequeue()];
            (_held, _used) = entries[block.Ordinal];
            foreach (IOperation operation in block.Operations)
            {
                Visit(operation);
            }

            if (block.BranchValue is { } value)
            {
                Visit(value);
                bool isReturn = block.FallThroughSuccessor?.Semantics is ControlFlowBranchSemantics.Return;
                if (isReturn && ValueTasks.IsTracked(value.Symbol()))
                {
                    Use(value);
                }
            }

            foreach (ControlFlowBranch? branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch?.Destination is { } next && Merge(entries, next.Ordinal))
                {
                    work.Enqueue(next.Ordinal);
                }
            }
        }
    }

    private bool Merge(
        Dictionary<int, (ImmutableDictionary<ISymbol, ImmutableHashSet<object>> Held, ImmutableHashSet<object> Used)> entries,
        int block)
    {
        if (!entries.TryGetValue(block, out (ImmutableDictionary<ISymbol, ImmutableHashSet<object>> Held, ImmutableHashSet<object> Used) known))
        {
            entries[block] = (_held, _used);
            return true;
        }

        ImmutableDictionary<ISymbol, ImmutableHashSet<object>> held = known.Held;
        bool isChanged = false;
        foreach (KeyValuePair<ISymbol, ImmutableHashSet<object>> pair in _held)
        {
            ImmutableHashSet<object> before = held.TryGetValue(pair.Key, out ImmutableHashSet<object>? found) ? found : [];
            ImmutableHashSet<object> after = before.Union(pair.Value);
            if (found is null || after.Count != before.Count)
            {
                held = held.SetItem(pair.Key, after);
                isChanged = true;
            }
        }

        ImmutableHashSet<object> used = known.Used.Union(_used);
        isChanged |= used.Count != known.Used.Count;
        entries[block] = (held, used);
        return isChanged;
    }

    private void Visit(IOperation operation)
    {
        if (operation is IFlowAnonymousFunctionOperation)
        {
            return;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            Visit(child);
        }

        switch (operation)
        {
            case ISimpleAssignmentOperation assignment when ValueTasks.IsTracked(assignment.Target.Symbol()):
                Assign(assignment.Target.Symbol()!, assignment.Value);
                break;
            case IInvocationOperation { Instance: { } instance, TargetMethod.Name: not ("Equals" or "GetHashCode" or "ToString" or "ConfigureAwait") }
                when ValueTasks.IsTracked(instance.Symbol()):
            case IPropertyReferenceOperation { Property.Name: "Result", Instance: { } result }
                when ValueTasks.IsTracked(result.Symbol()):
                Use(operation.ChildOperations.First());
                break;
            case IAwaitOperation awaited when Source(awaited.Operation) is { } task:
                Use(task);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.None or RefKind.In, Value: { } given }
                when ValueTasks.IsTracked(given.Symbol()):
                Use(given);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: { } filled }
                when filled.Symbol() is { } symbol && ValueTasks.IsTracked(symbol):
                _held = _held.SetItem(symbol, [filled.Syntax]);
                _used = _used.Remove(filled.Syntax);
                break;
        }
    }

    private static IOperation? Source(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } instance } => Source(instance),
        _ when ValueTasks.IsTracked(operation.Symbol()) => operation,
        _ => null,
    };

    private void Assign(ISymbol target, IOperation value)
    {
        if (Source(value) is { } source)
        {
            _held = _held.SetItem(target, Held(source.Symbol()!));
            return;
        }

        object made = value.Syntax;
        _held = _held.SetItem(target, MayRepeat(value) ? [] : [made]);
        _used = _used.Remove(made);
    }

    /// <summary>Value tasks that have no source to give back may be awaited again.</summary>
    private static bool MayRepeat(IOperation value) => value switch
    {
        IConversionOperation conversion => MayRepeat(conversion.Operand),
        IDefaultValueOperation or IObjectCreationOperation => true,
        IPropertyReferenceOperation { Property.Name: "CompletedTask" } => true,
        IInvocationOperation { TargetMethod.Name: "FromResult" or "FromException" or "FromCanceled" or "Preserve" } => true,
        _ => false,
    };

    private ImmutableHashSet<object> Held(ISymbol symbol)
    {
        if (!_held.TryGetValue(symbol, out ImmutableHashSet<object>? held))
        {
            held = [symbol];
            _held = _held.SetItem(symbol, held);
        }

        return held;
    }

    private void Use(IOperation variable)
    {
        ISymbol symbol = variable.Symbol()!;
        ImmutableHashSet<object> held = Held(symbol);
        if (held.Any(_used.Contains))
        {
            report(variable.Syntax, symbol.Name);
        }

        _used = _used.Union(held);
    }
}
