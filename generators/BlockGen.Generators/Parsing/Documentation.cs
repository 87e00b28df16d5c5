using System.Net;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.Generators;

/// <summary>
/// Reads documentation comments from source text: the compiler drops them where no XML file is asked for.
/// </summary>
internal static class Documentation
{
    private static readonly Regex Summary = new("<summary>(.*?)</summary>", RegexOptions.Singleline);
    private static readonly Regex Reference = new("<(?:see|paramref|typeparamref)\\s+\\w+=\"(?:[^\"]*[.:])?([^\"]*)\"\\s*/>");
    private static readonly Regex Tag = new("<[^>]*>");
    private static readonly Regex Space = new("\\s+");
    private static readonly Regex Sentence = new("^.*?[.!?](?= |$)");

    /// <summary>The first sentence of a symbol's summary; empty when it has none.</summary>
    public static string FirstSentence(ISymbol symbol, CancellationToken cancellation)
    {
        // Where a type has several parts, the one with its declaration tells of the whole.
        IEnumerable<SyntaxNode> parts = symbol.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OrderByDescending(part => part is MemberDeclarationSyntax { AttributeLists.Count: > 0 });
        foreach (SyntaxNode part in parts)
        {
            string text = FirstSentence(part.GetLeadingTrivia().ToFullString());
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }

    private static string FirstSentence(string trivia)
    {
        IEnumerable<string> lines = trivia.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => line.Substring(3));
        string text = Summary.Match(string.Join(" ", lines)).Groups[1].Value;
        text = Tag.Replace(Reference.Replace(text, "$1"), "");
        text = Space.Replace(WebUtility.HtmlDecode(text), " ").Trim();
        Match sentence = Sentence.Match(text);
        return sentence.Success ? sentence.Value : text;
    }
}
