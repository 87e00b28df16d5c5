using System.Text;

namespace BlockGen.Generators;

/// <summary>Builds C# source: LF line ends, four spaces a level, no white space at line ends.</summary>
internal sealed class IndentedWriter
{
    private const string Indentation = "    ";
    private const int MaxLineLength = 120;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Adds a line, or the lines of a raw string, at the current depth.</summary>
    public void Line(string text = "")
    {
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.TrimEnd();
            if (trimmed.Length > 0)
            {
                for (int i = 0; i < _depth; i++)
                {
                    _text.Append(Indentation);
                }
            }

            _text.Append(trimmed).Append('\n');
        }
    }

    /// <summary>Adds a line, broken between its two parts where it would be too long for the page.</summary>
    /// <param name="head">What stays in front: it ends with the sign to break after.</param>
    /// <param name="tail">What may move to a line of its own, one level deeper.</param>
    public void Breakable(string head, string tail)
    {
        string line = head.Length == 0 ? tail : $"{head} {tail}";
        if (_depth * Indentation.Length + line.Length <= MaxLineLength)
        {
            Line(line);
            return;
        }

        Line(head);
        Indented(() => Line(tail));
    }

    /// <summary>Adds lines one level deeper.</summary>
    public void Indented(Action body)
    {
        _depth++;
        body();
        _depth--;
    }

    /// <summary>Adds lines in braces.</summary>
    /// <param name="head">What stands before the braces.</param>
    /// <param name="body">Adds the lines.</param>
    /// <param name="end">What follows the closing brace.</param>
    public void Block(string head, Action body, string end = "") => Enclosed(head, "{", body, "}" + end);

    /// <summary>Adds lines between two brackets that stand on lines of their own.</summary>
    public void Enclosed(string head, string open, Action body, string close)
    {
        Line(head);
        Line(open);
        Indented(body);
        Line(close);
    }

    /// <summary>Adds each member after an empty line, but for the first.</summary>
    public void Members(params Action[] members)
    {
        for (int i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                Line();
            }

            members[i]();
        }
    }

    public override string ToString() => _text.ToString();
}
