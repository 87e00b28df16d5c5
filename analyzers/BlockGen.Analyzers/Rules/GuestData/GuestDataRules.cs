using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules about memory that a guest can change, and about the memory that it cannot.</summary>
internal static class GuestDataRules
{
    public static readonly DiagnosticDescriptor Stored = Rule(
        "BG3001",
        "Bytes of a guest's read buffer must not be stored",
        "What is stored here comes from '{0}', which the guest may have changed: read into a bounce buffer, "
        + "store that, and fill the guest's memory from it");

    public static readonly DiagnosticDescriptor FetchedTwice = Rule(
        "BG3002",
        "Guest memory must be fetched once",
        "'{0}' was looked at in line {1} already and may have changed since: copy it once and use the copy");

    public static readonly DiagnosticDescriptor DigestBeside = Rule(
        "BG3003",
        "A checksum and the bytes it is of must come from one fetch",
        "'{0}' was fetched in line {1} already: what is computed from one fetch need not fit the bytes of the other; "
        + "copy it once and use the copy for both");

    public static readonly DiagnosticDescriptor Kept = Rule(
        "BG3004",
        "Guest memory must not be kept after its request",
        "Guest memory, {0}, is still referred to when the request has completed: copy what is needed, or wait");

    public static readonly DiagnosticDescriptor BounceUsed = Rule(
        "BG3005",
        "A bounce buffer must not be used after it was returned",
        "This bounce buffer was returned on a path that leads here: somebody else may be using its memory");

    public static readonly DiagnosticDescriptor BounceReturnedTwice = Rule(
        "BG3006",
        "A bounce buffer must be returned once",
        "This bounce buffer was returned on a path that leads here: one of the two must go");

    public static readonly DiagnosticDescriptor BounceLost = Rule(
        "BG3007",
        "A bounce buffer must be returned on every path",
        "A path leaves without returning this bounce buffer: the pool runs dry; use a using declaration");

    public static readonly DiagnosticDescriptor BounceHandedOut = Rule(
        "BG3008",
        "The memory of a bounce buffer must not be handed out",
        "The memory of a bounce buffer leaves here without the buffer: the pool will give it to others while it is used");

    public static readonly DiagnosticDescriptor Unreviewed = Rule(
        "BG3010",
        "Access to guest memory must be reviewed",
        "'{0}' lets guest memory out: put ReviewedGuestAccess with the reason why that is safe on the member that calls it");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        Stored, FetchedTwice, DigestBeside, Kept, BounceUsed, BounceReturnedTwice, BounceLost, BounceHandedOut, Unreviewed,
    ];

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(
        id,
        title,
        message,
        RuleCategory.GuestData,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of(id),
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
