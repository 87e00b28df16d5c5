using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>BG4006, BG4007 and BG4010: tasks, counts and tickets that nobody looks at.</summary>
internal static class DroppedResults
{
    public static void Check(AsyncBody body)
    {
        foreach (IInvocationOperation call in body.Calls)
        {
            bool isWrapper = call.TargetMethod.Name is "ConfigureAwait" or "AsTask" or "Preserve" && call.Instance?.Type.IsTask() == true;
            if (isWrapper)
            {
                continue;
            }

            if (ReadsShort(call.TargetMethod) && IsLost(call, body) && IsAwaitedOrNoTask(call))
            {
                body.Report(AsyncRules.ShortRead, call.Syntax, Name(call));
            }
            else if (IsTicket(call) && IsTicketLost(call, body))
            {
                body.Report(AsyncRules.TicketLost, call.Syntax, call.TargetMethod.Name);
            }
            else if (call.Type.IsTask() && !IsAwaited(call) && IsDropped(call, body) && !HasGuestMemory(call))
            {
                body.Report(AsyncRules.Dropped, call.Syntax, Name(call));
            }
        }
    }

    private static string Name(IInvocationOperation call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";

    private static bool ReadsShort(IMethodSymbol method) => method.Name switch
    {
        "Read" or "ReadAsync" => method.ContainingType.DerivesFrom("System.IO", "Stream")
            || method.ContainingType.IsIn("System.IO", "RandomAccess")
            || (method.ContainingType.DerivesFrom("System.IO", "BinaryReader") && method.Parameters.Length > 0),
        "ReadAtLeast" or "ReadAtLeastAsync" => method.ContainingType.DerivesFrom("System.IO", "Stream")
            && method.Parameters.Any(parameter => parameter.Name == "throwOnEndOfStream"),
        "Receive" or "ReceiveAsync" or "ReceiveFrom" or "ReceiveFromAsync" =>
            method.ContainingType.DerivesFrom("System.Net.Sockets", "Socket"),
        "EndRead" => method.ContainingType.DerivesFrom("System.IO", "Stream"),
        _ => false,
    };

    private static bool IsLost(IInvocationOperation call, AsyncBody body)
    {
        if (call.TargetMethod.Name.StartsWith("ReadAtLeast", StringComparison.Ordinal)
            && !call.Arguments.Any(argument => argument.Parameter?.Name == "throwOnEndOfStream"
                && argument.Value.ConstantValue is { HasValue: true, Value: false }))
        {
            return false;
        }

        return call.IsDiscarded() || (call.Target() is { } local && local.IsNeverRead(body)) || IsForgotten(call);
    }

    /// <summary>The body of a lambda whose value has no type, such as an Action's.</summary>
    private static bool IsForgotten(IInvocationOperation call) =>
        call.Wrapped().Parent is IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation lambda } }
        && lambda.Symbol.ReturnsVoid;

    private static bool IsAwaited(IInvocationOperation call)
    {
        IOperation outer = call.Wrapped();
        for (IOperation at = call; at != outer; at = at.Parent!)
        {
            if (at.Parent is IAwaitOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAwaitedOrNoTask(IInvocationOperation call) => !call.Type.IsTask() || IsAwaited(call);

    private static bool IsTicket(IInvocationOperation call) =>
        call.TargetMethod.Name is "EnterAsync" or "TryEnter" && call.TargetMethod.ContainingType.IsIn("BlockGen", "RangeTracker");

    private static bool IsTicketLost(IInvocationOperation call, AsyncBody body)
    {
        if (call.TargetMethod.Name is "TryEnter")
        {
            IOperation? ticket = call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind is RefKind.Out)?.Value;
            return ticket is IDiscardOperation
                || (ticket is IDeclarationExpressionOperation { Expression: ILocalReferenceOperation local }
                    && !body.Operations.Any(operation => operation != local
                        && SymbolEqualityComparer.Default.Equals(operation.Symbol(), local.Local)));
        }

        bool isUsing = call.Wrapped().Ancestors().Any(ancestor => ancestor is IUsingOperation or IUsingDeclarationOperation
            && IsResource(ancestor, call));
        return !isUsing
            && IsAwaited(call)
            && (call.IsDiscarded() || (call.Target() is { } kept && kept.IsNeverRead(body)));
    }

    private static bool IsResource(IOperation use, IOperation call) =>
        use is IUsingDeclarationOperation
        || use is IUsingOperation { Resources: { } resources } && resources.Syntax.Span.Contains(call.Syntax.Span);

    /// <summary>A task that has guest memory is followed through the project, and reported as what keeps it.</summary>
    private static bool HasGuestMemory(IInvocationOperation call) =>
        call.Descendants().Any(operation => operation is IParameterReferenceOperation or ILocalReferenceOperation
            && operation.Type.IsGuestBuffer());

    private static bool IsDropped(IInvocationOperation call, AsyncBody body)
    {
        if (call.Wrapped().Parent is IExpressionStatementOperation || IsForgotten(call))
        {
            return true;
        }

        // Saying that a task is dropped on purpose does not keep what it works with.
        bool isDiscarded = call.IsDiscarded() || (call.Target() is { } local && local.IsNeverRead(body));
        return isDiscarded && (HoldsResource(call) || call.TargetMethod.ContainingType.DerivesFrom("BlockGen", "IStorage"));
    }

    private static bool HoldsResource(IInvocationOperation call) => call.Descendants().Any(operation =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation
        && (operation.Type.IsBounceBuffer() || operation.Type.IsTicket()
            || operation.Type.IsIn("BlockGen", "BackingLease")));
}
