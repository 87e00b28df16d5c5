namespace BlockGen.Cli;

/// <summary>A form of <c>map</c>, as qemu-img prints it.</summary>
internal abstract class MapOutput
{
    public abstract void Write(MapEntry entry);

    public virtual void End()
    {
    }
}

/// <summary>A table of the data alone.</summary>
internal sealed class HumanMapOutput : MapOutput
{
    private readonly TextWriter _output;

    public HumanMapOutput(TextWriter output)
    {
        _output = output;
        output.WriteLine($"{"Offset",-16}{"Length",-16}{"Mapped to",-16}File");
    }

    public override void Write(MapEntry entry)
    {
        if (!entry.HasData)
        {
            return;
        }

        if (entry.HostOffset is not { } host)
        {
            throw new ToolException("File contains external, encrypted or compressed clusters.");
        }

        _output.WriteLine($"{Hex(entry.Start),-16}{Hex(entry.Length),-16}{Hex(host),-16}{entry.File}");
    }

    private static string Hex(ulong value) => value == 0 ? "0" : $"0x{value:x}";
}

/// <summary>An array of every run.</summary>
internal sealed class JsonMapOutput(TextWriter output) : MapOutput
{
    private string _before = "[";

    public override void Write(MapEntry entry)
    {
        string host = entry.HostOffset is { } offset ? $", \"offset\": {offset}" : "";
        output.Write(
            $"{_before}{{ \"start\": {entry.Start}, \"length\": {entry.Length}, \"depth\": {entry.Depth}, "
            + $"\"present\": {Boolean(entry.IsPresent)}, \"zero\": {Boolean(entry.IsZero)}, "
            + $"\"data\": {Boolean(entry.HasData)}{host}}}");
        _before = ",\n";
    }

    public override void End() => output.WriteLine("]");

    private static string Boolean(bool value) => value ? "true" : "false";
}
