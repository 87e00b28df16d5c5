using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Awaits a task, in code that is asynchronous already: elsewhere every caller would have to change.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitTask)), Shared]
public sealed class AwaitTask : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG4001", "BG4006"];

    internal override Fix? Find(FixPlace place) =>
        place.Node is ExpressionSyntax expression && MayAwait(expression)
            ? place.Diagnostic.Id == "BG4006" ? Started(place, expression) : Waited(place, expression)
            : null;

    private static Fix? Started(FixPlace place, ExpressionSyntax call) => call.Parent is ExpressionStatementSyntax
        ? place.Fix("Await the task", Edits.Insert(call.SpanStart, "await "))
        : null;

    private static Fix? Waited(FixPlace place, ExpressionSyntax wait)
    {
        if (TaskOf(wait) is not { } task)
        {
            return null;
        }

        bool isWhole = wait.Parent is ExpressionStatementSyntax or EqualsValueClauseSyntax or ArgumentSyntax
            or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax;
        string awaited = $"await {task}";
        return place.Fix("Await the task", Edits.Replace(wait, isWhole ? awaited : $"({awaited})"));
    }

    /// <summary>What Result, Wait or GetAwaiter().GetResult() waits for; null for other ways and for a timeout.</summary>
    private static ExpressionSyntax? TaskOf(ExpressionSyntax wait) => wait switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => result.Expression,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax member } =>
            member.Name.Identifier.ValueText switch
            {
                "Wait" => member.Expression,
                "GetResult" when member.Expression is InvocationExpressionSyntax
                {
                    ArgumentList.Arguments.Count: 0,
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter,
                } => awaiter.Expression,
                _ => null,
            },
        _ => null,
    };

    /// <summary>Whether an await may stand there: in an asynchronous body, outside of locks and unsafe code.</summary>
    private static bool MayAwait(ExpressionSyntax expression)
    {
        foreach (SyntaxNode node in expression.Ancestors())
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case LockStatementSyntax or UnsafeStatementSyntax or FixedStatementSyntax or QueryExpressionSyntax
                    or CatchFilterClauseSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
