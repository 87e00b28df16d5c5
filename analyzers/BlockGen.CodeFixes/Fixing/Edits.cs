using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Changes of a text that leave the rest of it as it was laid out.</summary>
internal static class Edits
{
    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);

    public static TextChange Replace(SyntaxNodeOrToken old, string text) => new(old.Span, text);

    /// <summary>Removes the node: with its lines when nothing else is on them, else with the space behind it.</summary>
    public static TextChange Remove(SyntaxNode node) => new(WithLayout(node.Span, node.SyntaxTree.GetText()), "");

    /// <summary>Removes an attribute, and its brackets when it was alone in them.</summary>
    public static TextChange Remove(AttributeSyntax attribute)
    {
        if (attribute.Parent is not AttributeListSyntax { Attributes: { Count: > 1 } attributes })
        {
            return Remove(attribute.Parent!);
        }

        int index = attributes.IndexOf(attribute);
        return new TextChange(
            index > 0
                ? TextSpan.FromBounds(attributes[index - 1].Span.End, attribute.Span.End)
                : TextSpan.FromBounds(attribute.SpanStart, attributes[1].SpanStart),
            "");
    }

    /// <summary>Removes a modifier and the space behind it.</summary>
    public static TextChange Remove(SyntaxToken modifier) =>
        new(TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), "");

    /// <summary>Inserts a line before that of the node, indented as it is.</summary>
    public static TextChange InsertLine(SyntaxNode before, string line) =>
        Insert(before.SpanStart, line + NewLine(before) + Indent(before));

    /// <summary>Inserts a line after that of the node, indented as it is.</summary>
    public static TextChange InsertLineAfter(SyntaxNode after, string line) =>
        Insert(after.Span.End, NewLine(after) + Indent(after) + line);

    /// <summary>The end of the first line of the node's file.</summary>
    public static string NewLine(SyntaxNode node)
    {
        SourceText text = node.SyntaxTree.GetText();
        TextLine first = text.Lines[0];
        return first.EndIncludingLineBreak == first.End
            ? "\n"
            : text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak));
    }

    /// <summary>The white space that the node's line starts with.</summary>
    public static string Indent(SyntaxNode node)
    {
        SourceText text = node.SyntaxTree.GetText();
        string line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The argument of an attribute called so, or null.</summary>
    public static AttributeArgumentSyntax? Named(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(
            argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>The attribute with that name, without its suffix, on a declaration.</summary>
    public static AttributeSyntax? Declared(this MemberDeclarationSyntax member, string name) =>
        member.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(attribute => attribute.IsCalled(name));

    /// <summary>Whether the attribute is written so, with or without its suffix, namespace and type arguments.</summary>
    public static bool IsCalled(this AttributeSyntax attribute, string name)
    {
        SimpleNameSyntax? written = attribute.Name switch
        {
            SimpleNameSyntax simple => simple,
            QualifiedNameSyntax qualified => qualified.Right,
            AliasQualifiedNameSyntax aliased => aliased.Name,
            _ => null,
        };
        return written?.Identifier.ValueText is { } text && (text == name || text == name + "Attribute");
    }

    private static TextSpan WithLayout(TextSpan span, SourceText text)
    {
        TextLine first = text.Lines.GetLineFromPosition(span.Start);
        TextLine last = text.Lines.GetLineFromPosition(span.End);
        bool isAlone = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(first.Start, span.Start)))
            && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(span.End, last.End)));
        if (!isAlone)
        {
            int end = span.End;
            while (end < last.End && text[end] == ' ')
            {
                end++;
            }

            return TextSpan.FromBounds(span.Start, end);
        }

        bool isLastOfBlock = last.LineNumber + 1 < text.Lines.Count
            && text.Lines[last.LineNumber + 1].ToString().Trim() == "}";
        bool leavesBlank = first.LineNumber > 0
            && string.IsNullOrWhiteSpace(text.Lines[first.LineNumber - 1].ToString());
        return TextSpan.FromBounds(
            isLastOfBlock && leavesBlank ? text.Lines[first.LineNumber - 1].Start : first.Start,
            last.EndIncludingLineBreak);
    }
}
