using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Makes a marked member what its marker asks for, where its body stays right.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectMarkedMember)), Shared]
public sealed class CorrectMarkedMember : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["BG2033", "BG2034", "BG2035"];

    internal override Fix? Find(FixPlace place) => place.Diagnostic.Id switch
    {
        "BG2033" => place.Node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } property
            && Says(place, property.Type, place.Argument(2))
                ? Instance(place, property.Modifiers)
                : null,
        "BG2034" => place.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method ? Signature(place, method) : null,
        _ => place.Node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } option ? Visible(place, option) : null,
    };

    private static bool Says(FixPlace place, TypeSyntax written, string wanted) => wanted
        .Split([" or "], StringSplitOptions.None)
        .Contains(place.Model.GetTypeInfo(written, place.Cancellation).Type?.ToDisplayString());

    private static Fix? Instance(FixPlace place, SyntaxTokenList modifiers)
    {
        SyntaxToken modifier = modifiers.FirstOrDefault(token => token.IsKind(SyntaxKind.StaticKeyword));
        return modifier == default ? null : place.Fix("Make it an instance member", Edits.Remove(modifier));
    }

    private static Fix? Signature(FixPlace place, MethodDeclarationSyntax method)
    {
        string wanted = place.Argument(2);
        int open = wanted.IndexOf(" (", StringComparison.Ordinal);
        if (open < 0
            || wanted.StartsWith("static ", StringComparison.Ordinal)
            || method.TypeParameterList is not null
            || !Says(place, method.ReturnType, wanted.Substring(0, open)))
        {
            return null;
        }

        string[] types = wanted.Substring(open + 2, wanted.Length - open - 3)
            .Split([", "], StringSplitOptions.RemoveEmptyEntries);
        SeparatedSyntaxList<ParameterSyntax> parameters = method.ParameterList.Parameters;
        if (types.Length != parameters.Count)
        {
            return null;
        }

        IEnumerable<string> right = parameters.Select((parameter, index) =>
            $"{Shortened(types[index])} {parameter.Identifier.Text}");
        return place.Fix(
            $"Make it take ({string.Join(", ", types.Select(Shortened))})",
            [
                .. method.Modifiers.Where(token => token.IsKind(SyntaxKind.StaticKeyword)).Select(Edits.Remove),
                Edits.Replace(method.ParameterList, $"({string.Join(", ", right)})"),
            ]);
    }

    private static string Shortened(string type) =>
        type.StartsWith("BlockGen.", StringComparison.Ordinal) ? type.Substring("BlockGen.".Length) : type;

    private static Fix Visible(FixPlace place, PropertyDeclarationSyntax option)
    {
        SyntaxToken[] hidden = [.. option.Modifiers.Where(token =>
            token.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword)];
        TextChange change = hidden.Length == 0
            ? Edits.Insert(option.Modifiers.Count > 0 ? option.Modifiers[0].SpanStart : option.Type.SpanStart, "internal ")
            : new TextChange(TextSpan.FromBounds(hidden[0].SpanStart, hidden.Last().Span.End), "internal");
        return place.Fix($"Make '{option.Identifier.ValueText}' internal", change);
    }
}
