using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>A call, with what is known of what it is given.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Method">What is called.</param>
/// <param name="Instance">On what; null for none.</param>
/// <param name="Receiver">What is known of that.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record CallSite(
    IOperation Operation,
    IMethodSymbol Method,
    IOperation? Instance,
    FlowValue Receiver,
    ImmutableArray<CallArgument> Arguments)
{
    /// <summary>Everything that is given, the receiver among it.</summary>
    public FlowValue Given => Arguments.Aggregate(Receiver, (value, argument) => value.Join(argument.Value));
}

/// <summary>An argument.</summary>
/// <param name="Parameter">What it is for.</param>
/// <param name="Operation">What is passed.</param>
/// <param name="Value">What is known of it.</param>
internal sealed record CallArgument(IParameterSymbol Parameter, IOperation Operation, FlowValue Value)
{
    /// <summary>Whether the called method writes into it.</summary>
    public bool IsTarget =>
        Parameter.RefKind is RefKind.Out or RefKind.Ref
        || Parameter.Name is "destination" or "dest" or "dst" or "target" or "array" or "destinationArray" or "output";

    /// <summary>Whether the parameter takes any type, so that what is passed is held and not looked at.</summary>
    public bool IsHeld => Parameter.OriginalDefinition.Type is ITypeParameterSymbol
        || (Parameter.OriginalDefinition.Type is IArrayTypeSymbol { ElementType: ITypeParameterSymbol } && Parameter.IsParams);
}
