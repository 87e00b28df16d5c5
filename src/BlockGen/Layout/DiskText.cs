using System.Buffers;
using System.Text;

namespace BlockGen;

/// <summary>
/// Text in a fixed number of bytes, ended by a zero or by the end of the field. Generated code is its main caller.
/// </summary>
public static class DiskText
{
    private static readonly SearchValues<char> Unprintable =
        SearchValues.Create(string.Concat(Enumerable.Range(0, 0x20).Append(0x7F).Append('"').Select(code => (char)code)));

    /// <summary>
    /// The text before the first zero character. Bytes that are no text become replacement characters.
    /// </summary>
    public static string Read(ReadOnlySpan<byte> field, TextEncoding encoding, ByteOrder order)
    {
        string text = Encoding(encoding, order).GetString(field);
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    /// <summary>
    /// Stores the text and zeroes the rest of the field. A field that reads as this text already keeps every byte: what
    /// follows its end, or was no text, is not ours to change.
    /// </summary>
    /// <exception cref="ArgumentException">The text is longer than the field.</exception>
    public static void Write(Span<byte> field, string? text, TextEncoding encoding, ByteOrder order)
    {
        text ??= "";
        if (Read(field, encoding, order) == text)
        {
            return;
        }

        if (!Fits(text, field.Length, encoding))
        {
            throw new ArgumentException($"the text {Quote(text)} needs more than {field.Length} bytes", nameof(text));
        }

        int length = Encoding(encoding, order).GetBytes(text, field);
        field[length..].Clear();
    }

    /// <summary>Whether the text needs at most <paramref name="bytes"/>.</summary>
    public static bool Fits(string? text, int bytes, TextEncoding encoding) =>
        text is null || Encoding(encoding, ByteOrder.Little).GetByteCount(text) <= bytes;

    /// <summary>
    /// The text in quotes, with control characters escaped: it comes from a disk and may reach a terminal.
    /// </summary>
    public static string Quote(string? text)
    {
        text ??= "";
        if (!text.AsSpan().ContainsAny(Unprintable))
        {
            return $"\"{text}\"";
        }

        StringBuilder quoted = new("\"");
        foreach (char character in text)
        {
            quoted.Append(Unprintable.Contains(character) ? $"\\x{(int)character:x2}" : character.ToString());
        }

        return quoted.Append('"').ToString();
    }

    private static Encoding Encoding(TextEncoding encoding, ByteOrder order) => (encoding, order) switch
    {
        (TextEncoding.Ascii, _) => System.Text.Encoding.Latin1,
        (TextEncoding.Utf8, _) => System.Text.Encoding.UTF8,
        (TextEncoding.Utf16, ByteOrder.Little) => System.Text.Encoding.Unicode,
        (TextEncoding.Utf16, ByteOrder.Big) => System.Text.Encoding.BigEndianUnicode,
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "no such encoding"),
    };
}
