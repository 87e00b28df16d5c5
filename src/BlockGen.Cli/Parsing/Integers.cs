using System.Globalization;

namespace BlockGen.Cli;

/// <summary>Integers as C programs read them: decimal, <c>0x</c> hexadecimal, and octal after a zero.</summary>
internal static class Integers
{
    /// <summary>Reads a number below 2^32.</summary>
    public static bool TryParse(string text, out uint value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            ReadOnlySpan<char> digits = text.AsSpan(2);
            return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        if (text is not ['0', _, ..])
        {
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        }

        value = 0;
        foreach (char digit in text)
        {
            if (digit is < '0' or > '7' || value > uint.MaxValue >> 3)
            {
                return false;
            }

            value = value * 8 + (uint)(digit - '0');
        }

        return true;
    }
}
