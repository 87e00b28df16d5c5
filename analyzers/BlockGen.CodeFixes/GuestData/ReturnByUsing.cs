using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Returns a bounce buffer once, on every path and at the end: with a using declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnByUsing)), Shared]
public sealed class ReturnByUsing : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG3005", "BG3006", "BG3007"];

    internal override Fix? Find(FixPlace place)
    {
        if (DeclarationOf(place) is not { UsingKeyword.RawKind: 0, Parent: BlockSyntax block, Declaration.Variables: [var bounce] }
            declaration)
        {
            return null;
        }

        List<TextChange> changes = [Edits.Insert(declaration.SpanStart, "using ")];
        IEnumerable<IdentifierNameSyntax> uses = block.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == bounce.Identifier.ValueText);
        foreach (IdentifierNameSyntax use in uses)
        {
            if (DisposalOf(use) is { } disposal)
            {
                changes.AddRange(Removal(disposal));
            }
            else if (!IsLooked(use))
            {
                // The buffer may be given to somebody who returns it.
                return null;
            }
        }

        return place.Fix($"Return '{bounce.Identifier.ValueText}' by a using declaration", [.. changes]);
    }

    private static LocalDeclarationStatementSyntax? DeclarationOf(FixPlace place)
    {
        ILocalSymbol? local = place.Node.DescendantNodesAndSelf()
            .OfType<IdentifierNameSyntax>()
            .Select(name => place.Model.GetSymbolInfo(name, place.Cancellation).Symbol)
            .OfType<ILocalSymbol>()
            .FirstOrDefault(symbol => symbol.Type.Name == "BounceBuffer");
        LocalDeclarationStatementSyntax? declaration = local is null
            ? place.Node.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
            : local.DeclaringSyntaxReferences[0].GetSyntax(place.Cancellation)
                .FirstAncestorOrSelf<LocalDeclarationStatementSyntax>();
        return declaration?.Declaration.Variables is [var variable]
            && place.Model.GetDeclaredSymbol(variable, place.Cancellation) is ILocalSymbol { Type.Name: "BounceBuffer" }
                ? declaration
                : null;
    }

    /// <summary>The statement that returns the buffer, or null when the use is another.</summary>
    private static ExpressionStatementSyntax? DisposalOf(IdentifierNameSyntax use) => use.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" } member when member.Expression == use =>
            member.Parent?.Parent as ExpressionStatementSyntax,
        ConditionalAccessExpressionSyntax { Parent: ExpressionStatementSyntax statement, WhenNotNull: InvocationExpressionSyntax
        {
            Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" },
        } } => statement,
        _ => null,
    };

    /// <summary>Whether the use only looks into the buffer.</summary>
    private static bool IsLooked(IdentifierNameSyntax use) => use.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Memory" or "Length" } member => member.Expression == use,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } } =>
            call.Name.Identifier.ValueText == "CopyTo",
        _ => false,
    };

    private static IEnumerable<TextChange> Removal(ExpressionStatementSyntax disposal)
    {
        bool isAll = disposal is { Parent: BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax } };
        if (!isAll || disposal.FirstAncestorOrSelf<TryStatementSyntax>() is not { Catches.Count: 0 } attempt)
        {
            return [Edits.Remove(disposal)];
        }

        // Nothing is left of the try statement but what it tries.
        SyntaxList<StatementSyntax> tried = attempt.Block.Statements;
        int start = tried.Count == 0 ? attempt.Block.CloseBraceToken.SpanStart : tried[0].SpanStart;
        int end = tried.Count == 0 ? start : tried.Last().Span.End;
        SourceText text = attempt.SyntaxTree.GetText();
        string deep = tried.Count == 0 ? "" : Edits.Indent(tried[0]);
        string shallow = Edits.Indent(attempt);
        IEnumerable<TextChange> dedents = text.Lines
            .Where(line => line.Start > start && line.Start < end
                && text.ToString(line.Span).StartsWith(deep, StringComparison.Ordinal))
            .Select(line => new TextChange(new TextSpan(line.Start, deep.Length), shallow));
        return
        [
            new TextChange(TextSpan.FromBounds(attempt.SpanStart, start), ""),
            .. dedents,
            new TextChange(TextSpan.FromBounds(end, attempt.Span.End), ""),
        ];
    }
}
