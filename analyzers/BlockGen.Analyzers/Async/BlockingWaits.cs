using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>BG4001. What is known to have completed may be asked for its result.</summary>
internal static class BlockingWaits
{
    public static void Check(AsyncBody body)
    {
        foreach (IOperation operation in body.Operations)
        {
            if (Waited(operation) is { } wait
                && !(wait.Task is { } task && HasCompleted(task, operation, body)))
            {
                body.Report(AsyncRules.BlockingWait, operation.Syntax, wait.Name);
            }
        }
    }

    private static (string Name, IOperation? Task)? Waited(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when task.Type.IsPlainTask() =>
            ("Result", task),
        IInvocationOperation { TargetMethod.Name: "Wait", Instance: { } task } call
            when task.Type.IsPlainTask() && !IsPoll(call) => ("Wait", task),
        IInvocationOperation { TargetMethod.Name: "RunSynchronously", Instance: { } task } when task.Type.IsPlainTask() =>
            ("RunSynchronously", null),
        IInvocationOperation { TargetMethod: { Name: "WaitAll" or "WaitAny", IsStatic: true } method }
            when method.ContainingType.IsPlainTask() => (method.Name, null),
        IInvocationOperation { TargetMethod.Name: "GetResult", Instance: { } awaiter } when IsAwaiter(awaiter.Type) =>
            ("GetResult", Awaited(awaiter)),
        _ => null,
    };

    private static bool IsPoll(IInvocationOperation call) =>
        call.Arguments.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: 0 });

    private static bool IsAwaiter(ITypeSymbol? type) =>
        type is { Name: "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaiter" or "ConfiguredValueTaskAwaiter" }
        && type.ContainingNamespace.IsNamed("System.Runtime.CompilerServices");

    private static IOperation Awaited(IOperation awaiter) =>
        awaiter is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } ? task.Unwrapped() : awaiter;

    private static bool HasCompleted(IOperation task, IOperation use, AsyncBody body)
    {
        if (task.Unwrapped().Symbol() is not { } symbol)
        {
            return false;
        }

        return IsContinuation(symbol)
            || use.Ancestors().Any(ancestor => ancestor is IInvocationOperation { TargetMethod.Name: "OnCompleted" or "UnsafeOnCompleted" })
            || body.Operations.Any(operation =>
                operation.IsBefore(use) && (IsAwaitOf(operation, symbol, use) || IsCheckOf(operation, symbol, use)));
    }

    /// <summary>The task that a continuation is given has completed.</summary>
    private static bool IsContinuation(ISymbol symbol) =>
        symbol is IParameterSymbol { Ordinal: 0, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.LambdaMethod } lambda }
        && lambda.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
            .Ancestors().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax>().FirstOrDefault()
            ?.Expression.ToString().EndsWith("ContinueWith", StringComparison.Ordinal) == true;

    /// <summary>An earlier await of the task, or of several with it among them, that every way here passes.</summary>
    private static bool IsAwaitOf(IOperation operation, ISymbol symbol, IOperation use) =>
        operation is IAwaitOperation awaited
        && Mentions(awaited, symbol)
        && (awaited.Operation.Unwrapped().Symbol() is not null
            || awaited.Operation.Unwrapped() is IInvocationOperation { TargetMethod.Name: "WhenAll" })
        && Passes(operation, use);

    /// <summary>A check that the task has completed: the use is where it has, or what is not has left.</summary>
    private static bool IsCheckOf(IOperation operation, ISymbol symbol, IOperation use)
    {
        if (operation is not IPropertyReferenceOperation
            {
                Property.Name: "IsCompleted" or "IsCompletedSuccessfully",
                Instance: { } instance,
            }
            || !SymbolEqualityComparer.Default.Equals(instance.Unwrapped().Symbol(), symbol))
        {
            return false;
        }

        bool isNegated = operation.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
        foreach (IOperation ancestor in operation.Ancestors())
        {
            if (ancestor is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both
                && !isNegated && both.RightOperand.Syntax.Span.Contains(use.Syntax.Span))
            {
                return true;
            }

            if (ancestor is IConditionalOperation choice && choice.Condition.Syntax.Span.Contains(operation.Syntax.Span))
            {
                IOperation? where = isNegated ? choice.WhenFalse : choice.WhenTrue;
                return where?.Syntax.Span.Contains(use.Syntax.Span) == true
                    || (isNegated
                        && !choice.Syntax.Span.Contains(use.Syntax.Span)
                        && Passes(choice, use)
                        && (Leaves(choice.WhenTrue) || choice.WhenTrue.Descendants().Any(inner => inner is IAwaitOperation)));
            }
        }

        return false;
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IBlockOperation block => block.Operations.LastOrDefault() is { } last && Leaves(last),
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    /// <summary>Whether the block that has the statement of the first has the other too.</summary>
    private static bool Passes(IOperation first, IOperation use)
    {
        IOperation? block = first.Ancestors().FirstOrDefault(ancestor =>
            ancestor is IBlockOperation or IConditionalOperation or ISwitchCaseOperation or IAnonymousFunctionOperation
            && ancestor != first);
        return block is not null && block.Syntax.Span.Contains(use.Syntax.Span);
    }

    private static bool Mentions(IOperation operation, ISymbol symbol) => operation.Descendants().Any(inner =>
        SymbolEqualityComparer.Default.Equals(inner.Symbol(), symbol));
}
