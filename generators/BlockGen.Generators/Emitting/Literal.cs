using System.Globalization;
using System.Text;

namespace BlockGen.Generators;

/// <summary>Constants in C# source.</summary>
internal static class Literal
{
    public static string Decimal(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Hex(ulong value, int digits = 1) => "0x" + value.ToString($"X{digits}", CultureInfo.InvariantCulture);

    /// <summary>An offset in a structure.</summary>
    public static string Offset(int value) => Hex((ulong)value, digits: 2);

    /// <summary>A string literal with its quotes.</summary>
    public static string Text(string value)
    {
        StringBuilder literal = new("\"");
        for (int i = 0; i < value.Length; i++)
        {
            literal.Append(value[i] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\0' when i + 1 == value.Length || !char.IsDigit(value[i + 1]) => "\\0",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                char control when char.IsControl(control) || control is '\u2028' or '\u2029' => $"\\u{(int)control:x4}",
                char plain => plain.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Text in a documentation comment.</summary>
    public static string Xml(string value) =>
        value.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
