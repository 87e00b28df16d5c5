namespace BlockGen.Cli.Tests;

/// <summary>Lines typed on a terminal.</summary>
public sealed class LineEditorTests
{
    private static readonly string[] Words = ["block_job_cancel", "block_job_pause", "info", "quit"];

    private readonly Queue<ConsoleKeyInfo> _keys = new();
    private readonly StringWriter _screen = new();

    [Theory]
    [InlineData("helo\bp\n", "help")]
    [InlineData("elp\u0001h\u0005 x\n", "help x")]
    [InlineData("one two\u0017three\n", "one three")]
    [InlineData("one\u0001\u000btwo\n", "two")]
    [InlineData("one two\u0015three\n", "three")]
    [InlineData("hep\u0002l\n", "help")]
    [InlineData("helpp\u0002\u0004\n", "help")]
    [InlineData("one\u0003two\n", "two")]
    public async Task Keys_edit_the_line(string typed, string expected)
    {
        Type(typed);
        Assert.Equal(expected, await Editor().ReadLineAsync("> "));
    }

    [Fact]
    public async Task Lines_are_called_back_and_the_unfinished_one_too()
    {
        LineEditor editor = Editor();
        Type("one\ntwo\ntwo\nthr\u0010\u0010\u0010\n\u0010\u0010\u000e!\n");
        Type("ee\u0010\u000e\n");
        Assert.Equal("one", await editor.ReadLineAsync("> "));
        Assert.Equal("two", await editor.ReadLineAsync("> "));
        Assert.Equal("two", await editor.ReadLineAsync("> "));
        Assert.Equal("one", await editor.ReadLineAsync("> "));
        Assert.Equal("one!", await editor.ReadLineAsync("> "));
        Assert.Equal("ee", await editor.ReadLineAsync("> "));
    }

    [Theory]
    [InlineData("in\t\n", "info ")]
    [InlineData("b\t\n", "block_job_")]
    [InlineData("b\tc\tx\n", "block_job_cancel x")]
    [InlineData("zz\t\n", "zz")]
    public async Task A_word_is_completed_as_far_as_it_is_certain(string typed, string expected)
    {
        Type(typed);
        Assert.Equal(expected, await Editor().ReadLineAsync("> "));
    }

    [Fact]
    public async Task What_a_word_could_become_is_shown()
    {
        Type("block_job_\t\n");
        Assert.Equal("block_job_", await Editor().ReadLineAsync("> "));
        Assert.Contains("block_job_cancel  block_job_pause", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_input_ends_it_on_an_empty_line()
    {
        Type("\u0004");
        Assert.Null(await Editor().ReadLineAsync("> "));
    }

    [Fact]
    public async Task Of_a_long_line_the_part_around_the_cursor_is_shown()
    {
        Type(new string('a', 100) + "end\n");
        Assert.EndsWith("end", await Editor().ReadLineAsync("> "), StringComparison.Ordinal);
        string shown = _screen.ToString().Split('\r')[^2];
        Assert.True(shown.Length <= 40 + "\e[K".Length, shown);
        Assert.Contains("end", shown, StringComparison.Ordinal);
    }

    private LineEditor Editor() => new(_keys.Dequeue, _screen, () => 40, text => new(
        [.. Words.Where(word => word.StartsWith(text[(text.LastIndexOf(' ') + 1)..], StringComparison.Ordinal))]));

    // Control characters stand for the keys that terminals send them for.
    private void Type(string text)
    {
        foreach (char letter in text)
        {
            _keys.Enqueue(letter switch
            {
                '\n' => new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false),
                '\t' => new ConsoleKeyInfo('\t', ConsoleKey.Tab, false, false, false),
                '\b' => new ConsoleKeyInfo('\b', ConsoleKey.Backspace, false, false, false),
                < ' ' => new ConsoleKeyInfo(letter, (ConsoleKey)(letter + '@'), false, false, control: true),
                _ => new ConsoleKeyInfo(letter, ConsoleKey.None, false, false, false),
            });
        }
    }
}
