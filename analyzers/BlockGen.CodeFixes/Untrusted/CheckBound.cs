using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Checks a number from a disk against the length of what it is used on, before the use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckBound)), Shared]
public sealed class CheckBound : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG5005", "BG5006", "BG5007"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Node is not ExpressionSyntax used
            || DiskNumber.Bare(used) is var number && !DiskNumber.IsSimple(place, number)
            || place.Model.GetTypeInfo(number, place.Cancellation).Type is not { } type
            || LengthOf(place, used) is not var (length, isIndex)
            || Condition(place, type, number, length, isIndex) is not { } condition)
        {
            return null;
        }

        string check = $"throw new {NameOf(place, "ImageException")}($\"{number} is {{{number}}}; "
            + $"{(isIndex ? "less than" : "at most")} {{{length}}} was expected\");";
        return Insertion(place, used, condition, check);
    }

    /// <summary>How long the thing is that the number is used on, and whether the number must be less than that.</summary>
    private static (string Length, bool IsIndex)? LengthOf(FixPlace place, ExpressionSyntax used)
    {
        foreach (SyntaxNode ancestor in used.Ancestors().TakeWhile(node => node is not StatementSyntax))
        {
            switch (ancestor)
            {
                case ElementAccessExpressionSyntax access when DiskNumber.IsSimple(place, access.Expression):
                    bool isIndex = access.ArgumentList.Arguments is [{ Expression: var index }] && DiskNumber.Bare(index) == DiskNumber.Bare(used);
                    bool isEnd = access.ArgumentList.Arguments is [{ Expression: RangeExpressionSyntax }];
                    return (isIndex || isEnd) && LengthName(place, access.Expression) is { } name
                        ? ($"{access.Expression}.{name}", isIndex)
                        : null;

                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } call
                    when DiskNumber.IsSimple(place, called.Expression):
                    return place.Diagnostic.Id == "BG5007"
                        ? place.Model.GetTypeInfo(called.Expression, place.Cancellation).Type is { Name: "IStorage" }
                            ? ($"{called.Expression}.Length", false)
                            : null
                        : StartsAtZero(place, call, used) && LengthName(place, called.Expression) is { } own
                            ? ($"{called.Expression}.{own}", false)
                            : null;
            }
        }

        return null;
    }

    /// <summary>Whether nothing else decides where the slice ends.</summary>
    private static bool StartsAtZero(FixPlace place, InvocationExpressionSyntax call, ExpressionSyntax used) =>
        call.ArgumentList.Arguments.All(argument =>
            argument.Span.Contains(used.Span) || place.Constant(argument.Expression) is 0);

    private static string? LengthName(FixPlace place, ExpressionSyntax receiver) =>
        place.Model.GetTypeInfo(receiver, place.Cancellation).Type switch
        {
            IArrayTypeSymbol { Rank: 1 } or { SpecialType: SpecialType.System_String } => "Length",
            INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" } => "Length",
            INamedTypeSymbol { Name: "List" } => "Count",
            _ => null,
        };

    private static string? Condition(FixPlace place, ITypeSymbol type, ExpressionSyntax number, string length, bool isIndex)
    {
        string comparison = isIndex ? ">=" : ">";
        bool isStorage = place.Diagnostic.Id == "BG5007";
        return type.SpecialType switch
        {
            SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 =>
                $"{number} {comparison} {length}",
            SpecialType.System_UInt64 => $"{number} {comparison} {(isStorage ? "" : "(ulong)")}{length}",
            SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64
                when !isStorage => $"{number} < 0 || {number} {comparison} {length}",
            _ => null,
        };
    }

    /// <summary>The check before the statement of the use, in a body that is made where there is none.</summary>
    private static Fix? Insertion(FixPlace place, ExpressionSyntax used, string condition, string check)
    {
        const string Title = "Check the number before";
        foreach (SyntaxNode node in used.Ancestors())
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionSyntax
                    or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax:
                case BinaryExpressionSyntax
                {
                    RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression
                        or (int)SyntaxKind.CoalesceExpression,
                }:
                    return null;

                case StatementSyntax { Parent: BlockSyntax } statement:
                    return statement is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                        ? null
                        : place.Fix(Title, Edits.Insert(
                            statement.SpanStart, string.Join("", Lines(statement, Edits.Indent(statement), condition, check))));

                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } arrow:
                    return place.Fix(Title, Body(method, arrow, condition, check));
            }
        }

        return null;
    }

    private static IEnumerable<string> Lines(SyntaxNode near, string indent, string condition, string check)
    {
        string newLine = Edits.NewLine(near) + indent;
        return [$"if ({condition})", newLine, "{", newLine, "    ", check, newLine, "}", Edits.NewLine(near), newLine];
    }

    private static TextChange Body(
        MethodDeclarationSyntax method, ArrowExpressionClauseSyntax arrow, string condition, string check)
    {
        string indent = Edits.Indent(method);
        string newLine = Edits.NewLine(method) + indent;
        bool givesNothing = method.ReturnType.ToString() is "void"
            || (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType is not GenericNameSyntax);
        string last = $"{(givesNothing ? "" : "return ")}{arrow.Expression};";
        string lines = string.Join("", Lines(method, indent + "    ", condition, check));
        return new TextChange(
            TextSpan.FromBounds(arrow.GetFirstToken().GetPreviousToken().Span.End, method.Span.End),
            $"{newLine}{{{newLine}    {lines}{last}{newLine}}}");
    }

    private static string NameOf(FixPlace place, string type) =>
        place.Model.LookupNamespacesAndTypes(place.Node.SpanStart, name: type).IsEmpty ? "BlockGen." + type : type;
}
