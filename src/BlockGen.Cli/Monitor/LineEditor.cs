using System.Globalization;
using System.Text;

namespace BlockGen.Cli;

/// <summary>Lines typed on a terminal: they can be edited, called back, and completed.</summary>
/// <param name="readKey">Waits for the next key.</param>
/// <param name="output">The terminal.</param>
/// <param name="width">Columns that the terminal has now.</param>
/// <param name="complete">What the word could become that ends the given text; the text, then whole words.</param>
internal sealed class LineEditor(
    Func<ConsoleKeyInfo> readKey,
    TextWriter output,
    Func<int> width,
    Func<string, ValueTask<IReadOnlyList<string>>> complete)
{
    private const int MostRemembered = 500;

    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private int _cursor;
    private int _place; // in the history; its length for the new line
    private string _unfinished = "";

    /// <summary>The next line; null when the person is done.</summary>
    public async ValueTask<string?> ReadLineAsync(string prompt)
    {
        Set("");
        _place = _history.Count;
        while (true)
        {
            Show(prompt);
            ConsoleKeyInfo key = readKey();
            bool isControl = (key.Modifiers & ConsoleModifiers.Control) != 0;
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return Finish();
                case ConsoleKey.D when isControl && _line.Length == 0:
                    output.WriteLine();
                    output.Flush();
                    return null;
                case ConsoleKey.C when isControl:
                    output.WriteLine("^C");
                    Set("");
                    break;
                case ConsoleKey.L when isControl:
                    output.Write("\e[H\e[2J");
                    break;
                case ConsoleKey.Tab:
                    await CompleteAsync();
                    break;
                case ConsoleKey.UpArrow:
                case ConsoleKey.P when isControl:
                    Recall(_place - 1);
                    break;
                case ConsoleKey.DownArrow:
                case ConsoleKey.N when isControl:
                    Recall(_place + 1);
                    break;
                default:
                    Edit(key, isControl);
                    break;
            }
        }
    }

    private string Finish()
    {
        output.WriteLine();
        output.Flush();
        string line = _line.ToString();
        if (!string.IsNullOrWhiteSpace(line) && (_history.Count == 0 || _history[^1] != line))
        {
            _history.Add(line);
        }

        if (_history.Count > MostRemembered)
        {
            _history.RemoveAt(0);
        }

        return line;
    }

    private void Edit(ConsoleKeyInfo key, bool isControl)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
            case ConsoleKey.B when isControl:
                _cursor = Math.Max(0, _cursor - 1);
                break;
            case ConsoleKey.RightArrow:
            case ConsoleKey.F when isControl:
                _cursor = Math.Min(_line.Length, _cursor + 1);
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when isControl:
                _cursor = 0;
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when isControl:
                _cursor = _line.Length;
                break;
            case ConsoleKey.Backspace:
            case ConsoleKey.H when isControl:
                Remove(_cursor - 1, _cursor);
                break;
            case ConsoleKey.Delete:
            case ConsoleKey.D when isControl:
                Remove(_cursor, _cursor + 1);
                break;
            case ConsoleKey.K when isControl:
                Remove(_cursor, _line.Length);
                break;
            case ConsoleKey.U when isControl:
                Remove(0, _cursor);
                break;
            case ConsoleKey.W when isControl:
                Remove(StartOfWord(), _cursor);
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    _line.Insert(_cursor++, key.KeyChar);
                }

                break;
        }
    }

    private async ValueTask CompleteAsync()
    {
        string text = _line.ToString(0, _cursor);
        string word = text[(text.LastIndexOf(' ') + 1)..];
        IReadOnlyList<string> candidates = await complete(text);
        if (candidates.Count == 0)
        {
            return;
        }

        string common = candidates.Aggregate(CommonStart);
        string gained = common[word.Length..] + (candidates.Count == 1 ? " " : "");
        if (gained.Length == 0)
        {
            output.WriteLine();
            output.WriteLine(string.Join("  ", candidates));
            return;
        }

        _line.Insert(_cursor, gained);
        _cursor += gained.Length;
    }

    private void Recall(int place)
    {
        if (place < 0 || place > _history.Count)
        {
            return;
        }

        if (_place == _history.Count)
        {
            _unfinished = _line.ToString();
        }

        _place = place;
        Set(place == _history.Count ? _unfinished : _history[place]);
    }

    private void Set(string text)
    {
        _line.Clear().Append(text);
        _cursor = text.Length;
    }

    private void Remove(int start, int end)
    {
        if (start >= 0 && end <= _line.Length)
        {
            _line.Remove(start, end - start);
            _cursor = start;
        }
    }

    private int StartOfWord()
    {
        int start = _cursor;
        while (start > 0 && _line[start - 1] == ' ')
        {
            start--;
        }

        while (start > 0 && _line[start - 1] != ' ')
        {
            start--;
        }

        return start;
    }

    /// <summary>As much of the line as fits, with the cursor in it.</summary>
    private void Show(string prompt)
    {
        int room = Math.Max(1, width() - prompt.Length - 1);
        int start = Math.Max(0, _cursor - room);
        string visible = _line.ToString(start, Math.Min(room, _line.Length - start));
        output.Write($"\r{prompt}{visible}\e[K\r");
        output.Write(string.Create(CultureInfo.InvariantCulture, $"\e[{prompt.Length + _cursor - start}C"));
        output.Flush();
    }

    private static string CommonStart(string one, string other) =>
        one[..one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count()];
}
