using System.Globalization;
using System.Text.Json;

namespace BlockGen.Cli;

/// <summary>The list of an image's internal snapshots, as qemu-img prints it.</summary>
internal static class SnapshotOutput
{
    private const string Date = "yyyy-MM-dd HH:mm:ss";

    /// <summary>The snapshots inside an image; none in formats that have no such thing.</summary>
    public static async ValueTask<IReadOnlyList<ImageSnapshot>> ReadAsync(
        Image image, CancellationToken cancellation) =>
        image.Snapshots is { } snapshots ? await snapshots.ListAsync(cancellation) : [];

    public static void WriteHuman(TextWriter output, IReadOnlyList<ImageSnapshot> snapshots)
    {
        if (snapshots.Count == 0)
        {
            return;
        }

        output.WriteLine("Snapshot list:");
        WriteRow(output, "ID", "TAG", "VM SIZE", "DATE", "VM CLOCK", "ICOUNT");
        foreach (ImageSnapshot snapshot in snapshots)
        {
            TimeSpan clock = snapshot.VmClock;
            WriteRow(
                output,
                snapshot.Id,
                snapshot.Name,
                SizeText.Format(snapshot.VmStateBytes),
                snapshot.TakenAt.ToLocalTime().ToString(Date, CultureInfo.InvariantCulture),
                $"{(long)clock.TotalHours:00}:{clock.Minutes:00}:{clock.Seconds:00}.{clock.Milliseconds:000}",
                InstructionCount(snapshot)?.ToString(CultureInfo.InvariantCulture) ?? "");
        }
    }

    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<ImageSnapshot> snapshots)
    {
        if (snapshots.Count == 0)
        {
            return;
        }

        json.WriteStartArray("snapshots");
        foreach (ImageSnapshot snapshot in snapshots)
        {
            json.WriteStartObject();
            if (InstructionCount(snapshot) is { } count)
            {
                json.WriteNumber("icount", count);
            }

            json.WriteNumber("vm-clock-nsec", NanosecondsOf(snapshot.VmClock.Ticks));
            json.WriteString("name", snapshot.Name);
            json.WriteNumber("date-sec", snapshot.TakenAt.ToUnixTimeSeconds());
            json.WriteNumber("date-nsec", NanosecondsOf(snapshot.TakenAt.Ticks));
            json.WriteNumber("vm-clock-sec", (long)snapshot.VmClock.TotalSeconds);
            json.WriteString("id", snapshot.Id);
            json.WriteNumber("vm-state-size", snapshot.VmStateBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRow(
        TextWriter output, string id, string tag, string size, string date, string clock, string count) =>
        output.WriteLine($"{id,-9} {tag,-16} {size,8}{date,20}{clock,13}{count,11}");

    // All ones: nobody counted.
    private static ulong? InstructionCount(ImageSnapshot snapshot) =>
        snapshot.InstructionCount is ulong count and not ulong.MaxValue ? count : null;

    private static long NanosecondsOf(long ticks) =>
        ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
}
