using System.Collections.Immutable;
using BlockGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Where something was reported, and what.</summary>
internal sealed record FixPlace(
    SyntaxNode Root, SemanticModel Model, Diagnostic Diagnostic, CancellationToken Cancellation)
{
    public SyntaxTree Tree => Root.SyntaxTree;

    /// <summary>The innermost node that was reported.</summary>
    public SyntaxNode Node => Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The kind of problem, for a rule about declarations.</summary>
    public string? Problem => Diagnostic.Properties.GetValueOrDefault(DeclarationReport.ProblemProperty);

    /// <summary>The attribute that was reported.</summary>
    public AttributeSyntax? Attribute => Node.FirstAncestorOrSelf<AttributeSyntax>();

    /// <summary>The type that was reported, or that what was reported stands in.</summary>
    public TypeDeclarationSyntax? TypeDeclaration => Node.FirstAncestorOrSelf<TypeDeclarationSyntax>();

    public INamedTypeSymbol? Type =>
        TypeDeclaration is { } type ? Model.GetDeclaredSymbol(type, Cancellation) as INamedTypeSymbol : null;

    /// <summary>An argument of the problem's message; empty when it has fewer.</summary>
    public string Argument(int index) =>
        Diagnostic.Properties.GetValueOrDefault(DeclarationReport.ArgumentProperty(index)) ?? "";

    public Fix Fix(string title, params TextChange[] changes) => new(title, Tree, changes);

    /// <summary>What a constant expression is worth; null when it is not constant.</summary>
    public object? Constant(ExpressionSyntax expression) =>
        Model.GetConstantValue(expression, Cancellation) is { HasValue: true } constant ? constant.Value : null;

    /// <summary>The model of another file of the project.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => tree == Tree ? Model : Model.Compilation.GetSemanticModel(tree);
}
