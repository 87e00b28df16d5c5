using System.Globalization;

namespace BlockGen;

/// <summary>Sizes as people write them: <c>64k</c>, <c>1.5G</c>, <c>512</c>.</summary>
public static class SizeText
{
    private const string Suffixes = "BKMGTPE";

    private static readonly string[] UnitNames = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>
    /// Reads a decimal number, optionally with a fraction, followed by at most one of <c>b k M G T P E</c> in either
    /// case: powers of 1024. A fraction needs a suffix above <c>b</c>. Plain hexadecimal numbers (<c>0x10000</c>) are
    /// read too, without suffix.
    /// </summary>
    /// <param name="text">The text; no white space.</param>
    /// <param name="bytes">The size, rounded down to whole bytes.</param>
    /// <returns>False when the text is not a size or exceeds 64 bits.</returns>
    public static bool TryParse(string text, out ulong bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        bytes = 0;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes);
        }

        ReadOnlySpan<char> number = text;
        int power = 0;
        if (number is [.., char last] && !char.IsAsciiDigit(last))
        {
            power = Suffixes.IndexOf(char.ToUpperInvariant(last), StringComparison.Ordinal);
            if (power < 0)
            {
                return false;
            }

            number = number[..^1];
        }

        // A whole number stays whole: decimal has 96 bits, which covers 64 bits and a fraction of a suffix.
        bool isFraction = number.Contains('.');
        if (number is [] or ['.', ..] or [.., '.']
            || (isFraction && power == 0)
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || value > ulong.MaxValue)
        {
            return false;
        }

        decimal unit = 1UL << (10 * power);
        if (value > ulong.MaxValue / unit)
        {
            return false;
        }

        bytes = (ulong)decimal.Floor(value * unit);
        return true;
    }

    /// <summary>
    /// The size in the largest unit below it, with at most three significant digits: <c>64 KiB</c>, <c>1.5 GiB</c>.
    /// </summary>
    public static string Format(ulong bytes)
    {
        int power = 0;
        double value = bytes;
        // 999.5 of a unit would print as 1000, a fourth digit, where the next unit does with fewer.
        while (value >= 999.5 && power < UnitNames.Length - 1)
        {
            value /= 1024;
            power++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{SignificantDigits(value)} {UnitNames[power]}");
    }

    private static string SignificantDigits(double value)
    {
        int decimals = value switch
        {
            >= 100 => 0,
            >= 10 => 1,
            >= 1 => 2,
            _ => 3,
        };
        return Math.Round(value, decimals, MidpointRounding.ToEven).ToString("0.###", CultureInfo.InvariantCulture);
    }
}
