using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>BG4008 and BG4009: what may be done with a ticket, and what may not be done without.</summary>
internal static class Claims
{
    public static void Check(AsyncBody body)
    {
        List<Tenure> tenures = [.. Tenures(body)];
        foreach (IInvocationOperation call in body.Calls)
        {
            foreach (Tenure tenure in tenures)
            {
                if (tenure.Covers(call) && WaitsFor(call, tenure))
                {
                    body.Report(AsyncRules.HeldAcrossWait, call.Syntax, call.TargetMethod.Name, tenure.Ticket.Name);
                    break;
                }
            }

            if (Changes(call.TargetMethod) && !IsClaimed(call, body, tenures))
            {
                body.Report(AsyncRules.OutsideClaim, call.Syntax, call.TargetMethod.Name);
            }
        }
    }

    /// <summary>While a ticket is held.</summary>
    /// <param name="Ticket">The ticket's local.</param>
    /// <param name="Entry">The call that gave it.</param>
    /// <param name="Scope">The block that it ends with.</param>
    /// <param name="Ends">Where it is disposed or handed on before.</param>
    private sealed record Tenure(ILocalSymbol Ticket, IInvocationOperation Entry, IOperation Scope, List<IOperation> Ends)
    {
        public bool IsClaim => Entry.Arguments.Any(argument =>
            argument.Parameter?.Type.Name == "RangeAccess"
            && !(argument.Value.Symbol() is { } access && access.Name == "GuestWrite"));

        public bool Covers(IOperation operation) =>
            Entry != operation
            && Entry.IsBefore(operation)
            && !Entry.Syntax.Span.Contains(operation.Syntax.Span)
            && Scope.Syntax.Span.Contains(operation.Syntax.Span)
            && !Ends.Any(end => end.IsBefore(operation) && Passed(end, operation));

        /// <summary>Whether an end lies on every way to the operation.</summary>
        private static bool Passed(IOperation end, IOperation operation) =>
            end.Ancestors().FirstOrDefault(ancestor => ancestor is IBlockOperation) is { } block
            && block.Syntax.Span.Contains(operation.Syntax.Span);
    }

    private static IEnumerable<Tenure> Tenures(AsyncBody body)
    {
        foreach (IInvocationOperation call in body.Calls)
        {
            if (!call.TargetMethod.ContainingType.IsIn("BlockGen", "RangeTracker")
                || TicketOf(call) is not { } ticket
                || call.Ancestors().FirstOrDefault(ancestor => ancestor is IBlockOperation) is not { } block)
            {
                continue;
            }

            IOperation scope = call.Ancestors().OfType<IUsingOperation>().FirstOrDefault(statement =>
                statement.Resources.Syntax.Span.Contains(call.Syntax.Span)) ?? WhereEntered(call) ?? block;
            List<IOperation> ends =
            [
                .. body.Operations.Where(operation =>
                    operation is ILocalReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Local, ticket)
                    && !operation.Syntax.Span.OverlapsWith(call.Syntax.Span)
                    && !operation.Ancestors().Any(ancestor => ancestor.Parent is ITryOperation { Finally: { } last } && last == ancestor)
                    && (operation.Parent is IArgumentOperation or IReturnOperation
                        || operation.Parent is IInvocationOperation { TargetMethod.Name: "Dispose" })),
            ];
            yield return new Tenure(ticket, call, scope, ends);
        }
    }

    /// <summary>The branch that runs when TryEnter has entered; null where that is not a branch of its own.</summary>
    private static IOperation? WhereEntered(IInvocationOperation call) =>
        call.TargetMethod.Name is "TryEnter" && call.Parent is IConditionalOperation { WhenTrue: var entered } ? entered : null;

    private static ILocalSymbol? TicketOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "EnterAsync" => call.Target(),
        "TryEnter" => call.Arguments.Select(argument => argument.Value switch
        {
            IDeclarationExpressionOperation { Expression: ILocalReferenceOperation local } => local.Local,
            ILocalReferenceOperation local when local.Local.Type.IsTicket() => local.Local,
            _ => null,
        }).FirstOrDefault(local => local is not null),
        _ => null,
    };

    private static bool WaitsFor(IInvocationOperation call, Tenure tenure)
    {
        IMethodSymbol method = call.TargetMethod;
        INamedTypeSymbol type = method.ContainingType;
        if (type.IsIn("BlockGen", "RangeTracker"))
        {
            return method.Name is "EnterAsync" && AreSame(call.Instance, tenure.Entry.Instance);
        }

        if (method.Name is "WriteAsync" or "WriteZeroesAsync" or "DiscardAsync" or "ResizeAsync" or "WriteSplitAsync"
            && type.DerivesFrom("BlockGen", "Image"))
        {
            return AreSame(call.Instance, (tenure.Entry.Instance as IPropertyReferenceOperation)?.Instance);
        }

        return method.Name switch
        {
            "Delay" => type.IsPlainTask(),
            "WaitAsync" => type.IsIn("System.Threading", "SemaphoreSlim") || type.IsPlainTask(),
            "ReadAsync" or "WaitToReadAsync" => type.IsIn("System.Threading.Channels", "ChannelReader"),
            "WaitForNextTickAsync" => type.IsIn("System.Threading", "PeriodicTimer"),
            "WaitOne" => type.DerivesFrom("System.Threading", "WaitHandle"),
            _ => false,
        };
    }

    private static bool AreSame(IOperation? first, IOperation? second) =>
        first is IInstanceReferenceOperation && second is IInstanceReferenceOperation
        || (first.Symbol() is { } symbol
            && SymbolEqualityComparer.Default.Equals(symbol, second.Symbol())
            && (first is not IMemberReferenceOperation { Instance: { } outer }
                || AreSame(outer, (second as IMemberReferenceOperation)?.Instance)));

    private static bool Changes(IMethodSymbol method) => method.Name switch
    {
        "PublishAsync" or "StoreEntryAsync" or "GetOrAddLeafTableAsync" =>
            method.ContainingType.DerivesFrom("BlockGen", "MappedImage"),
        "SetAsync" or "StoreAsync" => method.ContainingType.IsIn("BlockGen", "TableLevel"),
        _ => false,
    };

    /// <summary>
    /// A ticket held here, or the caller's: the members that the runtime calls under a claim, and what takes a ticket.
    /// </summary>
    private static bool IsClaimed(IOperation call, AsyncBody body, List<Tenure> tenures) =>
        tenures.Any(tenure => tenure.IsClaim && tenure.Covers(call))
        || (body.Owner is IMethodSymbol method
            && ((method.IsOverride && method.Name is "PublishAsync" or "StoreEntryAsync" or "WriteBackAsync" or "CloseAsync")
                || method.Parameters.Any(parameter => parameter.Type.IsTicket())));
}
