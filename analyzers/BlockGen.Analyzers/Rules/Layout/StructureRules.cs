using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules of a disk structure as a whole.</summary>
internal static class StructureRules
{
    public static readonly DiagnosticDescriptor NotReadonlyRecordStruct = new(
        "BG1010",
        "A disk structure must be a readonly record struct",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1010"));

    public static readonly DiagnosticDescriptor FieldsInSeveralDeclarations = new(
        "BG1011",
        "Fields must stand in one declaration",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1011"));

    public static readonly DiagnosticDescriptor NoFields = new(
        "BG1012",
        "A disk structure must have fields",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1012"));

    public static readonly DiagnosticDescriptor FieldTypeUnsupported = new(
        "BG1013",
        "A field must have a type with a layout on disk",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1013"));

    public static readonly DiagnosticDescriptor NestedStructMalformed = new(
        "BG1014",
        "A structure inside another must be sound",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1014"));

    public static readonly DiagnosticDescriptor SizeTooSmall = new(
        "BG1015",
        "A declared size must hold the fields",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1015"));

    public static readonly DiagnosticDescriptor StructTooLarge = new(
        "BG1016",
        "A disk structure must be small enough to be read at once",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1016"));

    public static readonly DiagnosticDescriptor ReservedNegative = new(
        "BG1017",
        "Reserved bytes must be a positive number",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1017"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(NotReadonlyRecordStruct, ProblemKind.NotReadonlyRecordStruct),
        new(FieldsInSeveralDeclarations, ProblemKind.FieldsInSeveralDeclarations),
        new(NoFields, ProblemKind.NoFields),
        new(FieldTypeUnsupported, ProblemKind.FieldTypeUnsupported),
        new(NestedStructMalformed, ProblemKind.NestedStructMalformed),
        new(SizeTooSmall, ProblemKind.SizeTooSmall),
        new(StructTooLarge, ProblemKind.StructTooLarge),
        new(ReservedNegative, ProblemKind.ReservedNegative),
    ];
}
