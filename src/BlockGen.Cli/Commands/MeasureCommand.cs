using System.CommandLine;
using System.Globalization;

namespace BlockGen.Cli;

/// <summary><c>blockgen measure</c>: how large the file of a new image would be.</summary>
internal sealed class MeasureCommand : ToolCommand
{
    public const string Summary = "Tells how large the file of a new image would be";

    private readonly Option _format;
    private readonly Option _targetFormat;
    private readonly Option _options;
    private readonly Option _output;
    private readonly Option _size;
    private readonly Option _snapshot;
    private readonly Option _forceShare;

    public MeasureCommand()
        : base("measure", Summary, "[filename]")
    {
        _format = Syntax.Format();
        _targetFormat = Syntax.Value("-O", "fmt", "Format of the new image; raw when not given");
        _options = Syntax.Value("-o", "name=value,...", "Options of the new image's format");
        _output = Syntax.OutputForm();
        _size = Syntax.Value("--size", "size", "Bytes of the disk, instead of an image to be converted");
        _snapshot = Syntax.Value("-l", "snapshot", "Measures a snapshot: snapshot.id=ID,snapshot.name=NAME, or either of them");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        OutputForm form = OutputForms.Parse(line.Last(_output));
        ulong? size = line.Last(_size) is { } text ? Sizes.Parse("image size", text) : null;
        string? path = OptionalPath(line, size);
        (ulong required, ulong full) = path is null
            ? Measure(line, size.GetValueOrDefault(), dataBytesIn: static _ => 0)
            : await MeasureCopyAsync(path, line, console.CatchInterruption());
        if (form == OutputForm.Human)
        {
            console.Out.WriteLine($"required size: {required}");
            console.Out.WriteLine($"fully allocated size: {full}");
        }
        else
        {
            JsonText.Write(console.Out, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("required", required);
                json.WriteNumber("fully-allocated", full);
                json.WriteEndObject();
            });
        }

        return ExitCode.Success;
    }

    private string? OptionalPath(CommandArguments line, ulong? size) => (line.Operands, size) switch
    {
        ([_, _, ..], _) => throw new ToolException("At most one filename argument is allowed."),
        ([], _) when line.Has(_format) || line.Has(_snapshot) =>
            throw new ToolException("--image-opts, -f, and -l require a filename argument."),
        ([], null) => throw new ToolException("Either --size N or one filename must be specified."),
        ([_], not null) => throw new ToolException("--size N cannot be used together with a filename."),
        _ => line.Operands.FirstOrDefault(),
    };

    private async ValueTask<(ulong Required, ulong Full)> MeasureCopyAsync(
        string path, CommandArguments line, CancellationToken cancellation)
    {
        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IgnoresLocks = line.Has(_forceShare),
            Snapshot = line.Last(_snapshot) is { } snapshot ? SnapshotText.Parse(snapshot) : null,
        };
        await using Image image = await ImageFiles.OpenAsync(path, opening, cancellation);
        List<GuestRange> data = [];
        for (ulong at = 0; at < image.Length;)
        {
            MapEntry entry = await MapEntry.ReadAsync(image, new GuestRange(at, image.Length - at), cancellation);
            if (entry.HasData)
            {
                data.Add(new GuestRange(at, entry.Length));
            }

            at += entry.Length;
        }

        return Measure(line, image.Length, cluster => BytesInClusters(data, cluster));
    }

    private (ulong Required, ulong Full) Measure(
        CommandArguments line, ulong length, Func<uint, ulong> dataBytesIn)
    {
        string name = line.Last(_targetFormat) ?? "raw";
        ImageFormat format = ImageFiles.Formats.Formats.FirstOrDefault(known => known.Name == name)
            ?? throw new ToolException($"Unknown file format '{name}'");
        Dictionary<string, string> values = OptionText.Parse(line.All(_options));
        try
        {
            ImageCreation.RejectBadValues(format, values);
        }
        catch (OptionException failure)
        {
            throw new ToolException(
                $"{failure.Message}{ToolException.Another}Invalid options for file format '{name}'");
        }

        Func<IReadOnlyDictionary<string, string>, FileMeasure> measure = format.Measure
            ?? throw new ToolException($"Block driver '{name}' does not support size measurement");
        bool isOverlay = values.Remove(OptionHelp.BackingFile);
        values.Remove(OptionHelp.BackingFormat);
        values[OptionHelp.Size] = length.ToString(CultureInfo.InvariantCulture);
        FileMeasure file = measure(new OptionValues(values, line.Opening.Objects.FindSecret));

        // Nobody knows what an overlay's backing file has already.
        bool isSparse = file.ClusterBytes > 0 && !isOverlay;
        ulong absent = isSparse ? RoundUp(length, file.ClusterBytes) - dataBytesIn(file.ClusterBytes) : 0;
        return (file.FullBytes - absent, file.FullBytes);
    }

    /// <summary>Bytes of all clusters that have any of the runs, which are in order.</summary>
    private static ulong BytesInClusters(List<GuestRange> runs, uint clusterBytes)
    {
        ulong bytes = 0;
        ulong counted = 0;
        foreach (GuestRange run in runs)
        {
            ulong start = Math.Max(counted, run.Start.Value / clusterBytes * clusterBytes);
            ulong end = RoundUp(run.End, clusterBytes);
            bytes += end > start ? end - start : 0;
            counted = Math.Max(counted, end);
        }

        return bytes;
    }

    private static ulong RoundUp(ulong bytes, ulong unit) => (bytes + unit - 1) / unit * unit;
}
