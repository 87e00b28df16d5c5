namespace BlockGen;

/// <summary>Something that only images of one format have, for people and programs to read.</summary>
/// <param name="Name">What it is, words joined by <c>-</c>: <c>refcount-bits</c>.</param>
/// <param name="Value">Its value: text, a number, or <c>true</c> or <c>false</c>.</param>
/// <param name="IsText">Whether the value is text.</param>
public sealed record FormatDetail(string Name, string Value, bool IsText)
{
    /// <summary>Several things of one kind, each with facts of its own; null where it is a single value.</summary>
    public IReadOnlyList<IReadOnlyList<FormatDetail>>? Items { get; init; }

    /// <summary>Facts about one thing; null where it is a single value.</summary>
    public IReadOnlyList<FormatDetail>? Parts { get; init; }

    /// <summary>A list of texts; null where it is none.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>A list of texts.</summary>
    public static FormatDetail OfTexts(string name, IReadOnlyList<string> texts) =>
        new(name, "", IsText: false) { Texts = texts };

    /// <summary>A thing with facts of its own.</summary>
    public static FormatDetail Of(string name, IReadOnlyList<FormatDetail> parts) =>
        new(name, "", IsText: false) { Parts = parts };

    /// <summary>A list.</summary>
    public static FormatDetail Of(string name, IReadOnlyList<IReadOnlyList<FormatDetail>> items) =>
        new(name, "", IsText: false) { Items = items };

    /// <summary>A text.</summary>
    public static FormatDetail Of(string name, string text) => new(name, text, IsText: true);

    /// <summary>A number.</summary>
    public static FormatDetail Of(string name, ulong number) => new(name, $"{number}", IsText: false);

    /// <summary>A flag.</summary>
    public static FormatDetail Of(string name, bool flag) => new(name, flag ? "true" : "false", IsText: false);
}
