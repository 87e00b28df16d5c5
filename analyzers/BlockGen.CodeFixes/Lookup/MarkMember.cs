using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Marks the member that has the name of a marker which a driver needs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkMember)), Shared]
public sealed class MarkMember : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG2030"];

    internal override Fix? Find(FixPlace place)
    {
        string marker = place.Argument(1);
        MemberDeclarationSyntax? member = place.TypeDeclaration?.Members.FirstOrDefault(candidate => candidate switch
        {
            PropertyDeclarationSyntax property => property.Identifier.ValueText == marker,
            MethodDeclarationSyntax method => method.Identifier.ValueText == marker,
            _ => false,
        });
        return marker.Length == 0 || member is null
            ? null
            : place.Fix($"Mark '{marker}' with [{marker}]", Edits.Insert(member.SpanStart, $"[{marker}] "));
    }
}
