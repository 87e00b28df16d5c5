namespace BlockGen.Cli;

/// <summary>The size that <c>resize</c> is given: a size, or what to add to or take from the one there is.</summary>
internal readonly record struct SizeChange(char Sign, ulong Bytes)
{
    private const char Absolute = '=';

    public static SizeChange Parse(string text)
    {
        (char sign, string size) = text is ['+' or '-', ..] ? (text[0], text[1..]) : (Absolute, text);
        return SizeText.TryParse(size, out ulong bytes)
            ? new SizeChange(sign, bytes)
            : throw new ToolException(OptionText.NotASize("size"));
    }

    /// <summary>The size it makes of <paramref name="current"/>; a disk has from 1 to 2^63 - 1 bytes.</summary>
    public ulong ApplyTo(ulong current)
    {
        Int128 bytes = Sign switch
        {
            '+' => (Int128)current + Bytes,
            '-' => (Int128)current - Bytes,
            _ => Bytes,
        };
        return bytes > 0 && bytes <= long.MaxValue
            ? (ulong)bytes
            : throw new ToolException("New image size must be positive");
    }
}
