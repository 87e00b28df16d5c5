using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>Questions about operations.</summary>
internal static class Operations
{
    public static bool IsOfBlockGen(this ITypeSymbol? type) =>
        type?.ContainingNamespace is { Name: "BlockGen", ContainingNamespace.IsGlobalNamespace: true };

    public static bool IsToken(this ITypeSymbol? type) => type.IsIn("System.Threading", "CancellationToken");

    public static bool IsTicket(this ITypeSymbol? type) => type.IsIn("BlockGen", "RangeTicket");

    /// <summary>Task or ValueTask, with or without a result.</summary>
    public static bool IsPlainTask(this ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask" } && type.ContainingNamespace.IsNamed("System.Threading.Tasks");

    public static bool DerivesFrom(this ITypeSymbol? type, string space, string name)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            if (at.IsIn(space, name))
            {
                return true;
            }
        }

        return type is not null && type.AllInterfaces.Any(contract => contract.IsIn(space, name));
    }

    /// <summary>The variable, parameter, field or property that is read; null for any other expression.</summary>
    public static ISymbol? Symbol(this IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        IConversionOperation conversion => conversion.Operand.Symbol(),
        IParenthesizedOperation parenthesized => parenthesized.Operand.Symbol(),
        _ => null,
    };

    /// <summary>What is behind awaits, conversions, parentheses and calls of ConfigureAwait, AsTask and Preserve.</summary>
    public static IOperation Unwrapped(this IOperation operation) => operation switch
    {
        IAwaitOperation awaited => awaited.Operation.Unwrapped(),
        IConversionOperation conversion => conversion.Operand.Unwrapped(),
        IParenthesizedOperation parenthesized => parenthesized.Operand.Unwrapped(),
        IInvocationOperation { Instance: { } instance, TargetMethod.Name: "ConfigureAwait" or "AsTask" or "Preserve" } =>
            instance.Unwrapped(),
        _ => operation,
    };

    /// <summary>The outermost of the awaits, conversions and calls of ConfigureAwait round an operation.</summary>
    public static IOperation Wrapped(this IOperation operation)
    {
        IOperation at = operation;
        while (at.Parent is { } parent
            && (parent is IAwaitOperation or IConversionOperation or IParenthesizedOperation
                || parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "Preserve" } call
                    && call.Instance == at))
        {
            at = parent;
        }

        return at;
    }

    public static IEnumerable<IOperation> Ancestors(this IOperation operation)
    {
        for (IOperation? at = operation.Parent; at is not null; at = at.Parent)
        {
            yield return at;
        }
    }

    public static bool IsBefore(this IOperation operation, IOperation other) =>
        operation.Syntax.SpanStart < other.Syntax.SpanStart;

    /// <summary>The local that an operation's value goes to and nothing else; null for any other.</summary>
    public static ILocalSymbol? Target(this IOperation operation) => operation.Wrapped().Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation local, Parent: IExpressionStatementOperation } =>
            local.Local,
        _ => null,
    };

    /// <summary>Whether the value is a statement of its own or goes to a discard.</summary>
    public static bool IsDiscarded(this IOperation operation)
    {
        IOperation outer = operation.Wrapped();
        return outer.Parent is IExpressionStatementOperation
            || outer.Parent is ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation };
    }

    /// <summary>Whether nothing reads a local.</summary>
    public static bool IsNeverRead(this ILocalSymbol local, AsyncBody body) => !body.Operations.Any(operation =>
        operation is ILocalReferenceOperation reference
        && SymbolEqualityComparer.Default.Equals(reference.Local, local)
        && !(reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference));

    /// <summary>Whether the operation runs when something has failed or ends, which a cancel must not stop.</summary>
    public static bool IsCleanup(this IOperation operation) => operation.Ancestors().Any(ancestor =>
        ancestor is ICatchClauseOperation
        || ancestor.Parent is ITryOperation { Finally: { } last } && last == ancestor);
}
