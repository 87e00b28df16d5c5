using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules about waiting, cancelling and claims.</summary>
internal static class AsyncRules
{
    public static readonly DiagnosticDescriptor BlockingWait = Rule(
        "BG4001",
        "Asynchronous work must not be waited for with a thread",
        "'{0}' blocks a thread until asynchronous work ends: await it");

    public static readonly DiagnosticDescriptor TokenNotPassed = Rule(
        "BG4002",
        "A cancellation token must be passed on",
        "'{0}' is not given '{1}', so cancelling does not reach it: pass it on");

    public static readonly DiagnosticDescriptor TokenMissing = Rule(
        "BG4003",
        "A method that waits must take a cancellation token",
        "'{0}' takes no cancellation token but calls '{1}', which does: take one and pass it on");

    public static readonly DiagnosticDescriptor AwaitedTwice = Rule(
        "BG4004",
        "A ValueTask must be awaited once",
        "'{0}' may have been awaited or handed on before: await it once, or keep a Task from AsTask()");

    public static readonly DiagnosticDescriptor AsyncVoid = Rule(
        "BG4005",
        "Asynchronous code must return a task",
        "'{0}' is async void, so nobody can wait for it and its failure ends the process: return a task");

    public static readonly DiagnosticDescriptor Dropped = Rule(
        "BG4006",
        "A task must be awaited or kept",
        "The task of '{0}' is dropped, so its failure is lost and what it was given may be gone before it ends: await it");

    public static readonly DiagnosticDescriptor ShortRead = Rule(
        "BG4007",
        "The count that a read returns must be looked at",
        "'{0}' may fill less than the buffer, and its count is ignored: look at it, or use ReadExactly");

    public static readonly DiagnosticDescriptor HeldAcrossWait = Rule(
        "BG4008",
        "A ticket must not be held across a wait for others",
        "'{0}' waits for others while ticket '{1}' is held, and they may wait for the ticket: leave the range before");

    public static readonly DiagnosticDescriptor OutsideClaim = Rule(
        "BG4009",
        "A table or mapping must be changed under a claim",
        "'{0}' changes a table or a mapping, and no claim of the range is held: enter it with RangeAccess.Claim before");

    public static readonly DiagnosticDescriptor TicketLost = Rule(
        "BG4010",
        "A ticket must be disposed",
        "The ticket of '{0}' is never disposed, so whoever overlaps its range waits forever: use a using declaration");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        BlockingWait, TokenNotPassed, TokenMissing, AwaitedTwice, AsyncVoid, Dropped, ShortRead, HeldAcrossWait,
        OutsideClaim, TicketLost,
    ];

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(
        id,
        title,
        message,
        RuleCategory.Async,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of(id));
}
