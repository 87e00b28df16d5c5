using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules about numbers that came from a disk, which an attacker may have written.</summary>
internal static class UntrustedRules
{
    public static readonly DiagnosticDescriptor Allocation = Rule(
        "BG5001", "A number from a disk must be bounded before it sizes an allocation", "sizes an allocation");

    public static readonly DiagnosticDescriptor StackAllocation = Rule(
        "BG5002", "A number from a disk must be bounded before it sizes a stackalloc", "sizes a stackalloc");

    public static readonly DiagnosticDescriptor LoopBound = Rule(
        "BG5003", "A number from a disk must be bounded before it bounds a loop", "decides how long a loop runs");

    public static readonly DiagnosticDescriptor Recursion = Rule(
        "BG5004", "Recursion over numbers from a disk must have a depth", "decides how deep a recursion goes");

    public static readonly DiagnosticDescriptor Slice = Rule(
        "BG5005", "A number from a disk must be bounded before it cuts a slice", "cuts a slice");

    public static readonly DiagnosticDescriptor Index = Rule(
        "BG5006", "A number from a disk must be bounded before it is an index", "is an index");

    public static readonly DiagnosticDescriptor Offset = Rule(
        "BG5007", "A number from a disk must be bounded before it is an offset", "is an offset in a storage");

    public static readonly DiagnosticDescriptor Shift = Rule(
        "BG5008", "A number from a disk must be bounded before it is a shift count", "is a shift count");

    public static readonly DiagnosticDescriptor Division = Rule(
        "BG5009", "A number from a disk must not be zero when it divides", "divides and may be zero");

    public static readonly DiagnosticDescriptor Narrowing = Rule(
        "BG5010", "A number from a disk must fit the type it is cast to", "is cast to a type it may not fit");

    public static readonly DiagnosticDescriptor Arithmetic = Rule(
        "BG5011", "Arithmetic on a number from a disk must not overflow", "is computed with and may overflow");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [Allocation, StackAllocation, LoopBound, Recursion, Slice, Index, Offset, Shift, Division, Narrowing, Arithmetic];

    public static DiagnosticDescriptor Of(NumberUse use) => use switch
    {
        NumberUse.Allocation => Allocation,
        NumberUse.StackAllocation => StackAllocation,
        NumberUse.LoopBound => LoopBound,
        NumberUse.Recursion => Recursion,
        NumberUse.Slice => Slice,
        NumberUse.Index => Index,
        NumberUse.Offset => Offset,
        NumberUse.Shift => Shift,
        NumberUse.Division => Division,
        NumberUse.Narrowing => Narrowing,
        NumberUse.Arithmetic => Arithmetic,
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "no such use"),
    };

    private static DiagnosticDescriptor Rule(string id, string title, string what) => new(
        id,
        title,
        $"'{{0}}' comes from a disk and {what}: declare a rule for the field or check it before",
        RuleCategory.Untrusted,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of(id),
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
