using System.Globalization;

namespace BlockGen.Cli;

/// <summary>Numbers of the language of <c>io</c>, as qemu-io reads and prints them.</summary>
internal static class IoNumbers
{
    /// <summary>The longest request: the largest multiple of a sector below 2^31.</summary>
    public const ulong LongestRequest = 0x7ffffe00;

    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>An offset or a size.</summary>
    public static ulong ParseSize(string text)
    {
        if (SizeText.TryParse(text, out ulong bytes))
        {
            return bytes <= long.MaxValue ? bytes : throw new IoProblem($"Parsing error: argument too large -- {text}");
        }

        throw new IoProblem($"Parsing error: non-numeric argument, or extraneous/unrecognized suffix -- {text}");
    }

    /// <summary>The length of a request.</summary>
    public static int ParseLength(string text)
    {
        ulong bytes = ParseSize(text);
        return bytes <= LongestRequest
            ? (int)bytes
            : throw new IoProblem($"length cannot exceed {LongestRequest}, given {text}");
    }

    /// <summary>A byte: decimal, octal or hexadecimal.</summary>
    public static byte ParsePattern(string text) =>
        Integers.TryParse(text, out uint value) && value <= byte.MaxValue
            ? (byte)value
            : throw new IoProblem($"{text} is not a valid pattern byte");

    /// <summary>A count of milliseconds.</summary>
    public static TimeSpan ParseMilliseconds(string text) =>
        Integers.TryParse(text, out uint value)
            ? TimeSpan.FromMilliseconds(value)
            : throw new IoProblem($"{text} is not a valid number");

    /// <summary>Bytes in the largest unit that leaves at least one.</summary>
    public static string Show(double bytes)
    {
        int unit = 0;
        while (bytes >= 1024 && unit + 1 < Units.Length)
        {
            bytes /= 1024;
            unit++;
        }

        string digits = bytes.ToString(unit == 0 ? "0.000000" : "0.000", CultureInfo.InvariantCulture);
        bool isWhole = digits.AsSpan(digits.IndexOf('.') + 1).Trim('0').IsEmpty;
        return $"{(isWhole ? digits[..digits.IndexOf('.')] : digits)} {Units[unit]}";
    }
}
