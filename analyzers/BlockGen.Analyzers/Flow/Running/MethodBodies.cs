using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BlockGen.Analyzers;

/// <summary>The bodies of a compilation, as analyzers are shown them: none of generated code.</summary>
internal sealed class MethodBodies
{
    private readonly ConcurrentDictionary<ISymbol, MethodBody> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<MethodBody> _initializers = [];
    private Dictionary<ISymbol, List<MethodBody>>? _overriding;

    public void Add(MethodBody body)
    {
        if (body.Owner is not IMethodSymbol || !_bodies.TryAdd(body.Owner, body))
        {
            _initializers.Add(body);
        }
    }

    public MethodBody? Of(IMethodSymbol method)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        return _bodies.TryGetValue(definition.PartialImplementationPart ?? definition, out MethodBody? body) ? body : null;
    }

    /// <summary>The bodies that a call of a virtual, abstract or interface method may get to; its own is not among them.</summary>
    public IReadOnlyList<MethodBody> Overriding(IMethodSymbol method)
    {
        if (!method.IsAbstract && !method.IsVirtual && !method.IsOverride)
        {
            return [];
        }

        _overriding ??= FindOverriding();
        return _overriding.TryGetValue(method.OriginalDefinition, out List<MethodBody>? bodies) ? bodies : [];
    }

    /// <summary>Every body, in the order of the sources.</summary>
    public IReadOnlyList<MethodBody> All()
    {
        List<MethodBody> bodies = [.. _bodies.Values, .. _initializers];
        bodies.Sort(static (left, right) =>
        {
            (SyntaxNode first, SyntaxNode second) = (left.Block.Syntax, right.Block.Syntax);
            int order = string.CompareOrdinal(first.SyntaxTree.FilePath, second.SyntaxTree.FilePath);
            return order != 0 ? order : first.SpanStart - second.SpanStart;
        });
        return bodies;
    }

    private Dictionary<ISymbol, List<MethodBody>> FindOverriding()
    {
        Dictionary<ISymbol, List<MethodBody>> found = new(SymbolEqualityComparer.Default);
        foreach (MethodBody body in All())
        {
            if (body.Owner is IMethodSymbol { ContainingType: not null } method)
            {
                foreach (IMethodSymbol overridden in Overridden(method).Concat(Implemented(method)))
                {
                    if (!found.TryGetValue(overridden.OriginalDefinition, out List<MethodBody>? bodies))
                    {
                        found[overridden.OriginalDefinition] = bodies = [];
                    }

                    bodies.Add(body);
                }
            }
        }

        return found;
    }

    private static IEnumerable<IMethodSymbol> Overridden(IMethodSymbol method)
    {
        for (IMethodSymbol? at = method.OverriddenMethod; at is not null; at = at.OverriddenMethod)
        {
            yield return at;
        }
    }

    /// <summary>The methods of the project's own interfaces that a method implements.</summary>
    private static IEnumerable<IMethodSymbol> Implemented(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .Where(contract => !contract.DeclaringSyntaxReferences.IsEmpty)
        .SelectMany(contract => contract.GetMembers().OfType<IMethodSymbol>())
        .Where(member => SymbolEqualityComparer.Default.Equals(
            method.ContainingType.FindImplementationForInterfaceMember(member), method));
}

/// <summary>A body or initializer.</summary>
/// <param name="Owner">The method, field or property that it belongs to.</param>
/// <param name="Block">Its operations.</param>
/// <param name="Graph">Its control flow.</param>
internal sealed record MethodBody(ISymbol Owner, IOperation Block, ControlFlowGraph Graph);
