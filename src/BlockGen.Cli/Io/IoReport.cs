using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BlockGen.Cli;

/// <summary>What is printed after a request, as qemu-io prints it.</summary>
internal static class IoReport
{
    private const int BytesInRow = 16;

    /// <summary>Bytes, time and rates of one request.</summary>
    public static void Write(
        TextWriter output, string done, ulong offset, ulong bytes, TimeSpan time, bool forMachines)
    {
        double seconds = Math.Max(time.TotalSeconds, 1.0 / Stopwatch.Frequency);
        if (forMachines)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{bytes},1,{LongTime(time)},{bytes / seconds:0.000},{1 / seconds:0.000}"));
            return;
        }

        string shortTime = time.TotalSeconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:00.00} sec")
            : LongTime(time);
        string rate = IoNumbers.Show(bytes / seconds);
        output.WriteLine($"{done} {bytes}/{bytes} bytes at offset {offset}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{IoNumbers.Show(bytes)}, 1 ops; {shortTime} ({rate}/sec and {1 / seconds:0.0000} ops/sec)"));
    }

    /// <summary>The bytes in hexadecimal and as text.</summary>
    public static void Dump(TextWriter output, ReadOnlySpan<byte> bytes, ulong offset)
    {
        StringBuilder row = new();
        for (int at = 0; at < bytes.Length; at += BytesInRow)
        {
            ReadOnlySpan<byte> part = bytes[at..Math.Min(at + BytesInRow, bytes.Length)];
            row.Clear().Append(CultureInfo.InvariantCulture, $"{offset + (ulong)at:x8}:  ");
            foreach (byte value in part)
            {
                row.Append(CultureInfo.InvariantCulture, $"{value:x2} ");
            }

            row.Append(' ');
            foreach (byte value in part)
            {
                row.Append(char.IsAsciiLetterOrDigit((char)value) ? (char)value : '.');
            }

            output.WriteLine(row);
        }
    }

    private static string LongTime(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds / 10:00}");
}
