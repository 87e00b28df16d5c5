using System.Text.Json;

namespace BlockGen.Cli;

/// <summary>The forms of <c>formats</c>.</summary>
internal static class FormatsOutput
{
    public static void WriteHuman(TextWriter output, IReadOnlyList<ImageFormat> formats)
    {
        output.WriteLine($"{"format",-10} {"create",-7} {"backing",-8} {"resize",-7} {"probed",-7} lookup");
        foreach (ImageFormat format in formats)
        {
            output.WriteLine(
                $"{format.Name,-10} {YesOrNo(format.CreateAsync is not null),-7} {YesOrNo(format.HasBacking),-8} "
                + $"{YesOrNo(format.CanResize),-7} {YesOrNo(format.Recognizes is not null),-7} {format.Lookup}");
        }

        foreach (ImageFormat format in formats)
        {
            output.WriteLine();
            output.WriteLine(format.Summary.Length > 0 ? $"{format.Name}: {format.Summary}" : format.Name);
            foreach (OptionInfo option in OptionHelp.OptionsOf(format))
            {
                string initial = InitialOf(option) is { } value ? $" [{value}]" : "";
                output.WriteLine($"  {$"{option.Name}={option.TypeName}",-26} {option.Help}{initial}".TrimEnd());
            }
        }
    }

    public static void WriteJson(TextWriter output, IReadOnlyList<ImageFormat> formats) =>
        JsonText.Write(output, json =>
        {
            json.WriteStartArray();
            foreach (ImageFormat format in formats)
            {
                WriteJson(json, format);
            }

            json.WriteEndArray();
        });

    private static void WriteJson(Utf8JsonWriter json, ImageFormat format)
    {
        json.WriteStartObject();
        json.WriteString("name", format.Name);
        json.WriteString("summary", format.Summary);
        json.WriteBoolean("create", format.CreateAsync is not null);
        json.WriteBoolean("backing", format.HasBacking);
        json.WriteBoolean("resize", format.CanResize);
        json.WriteBoolean("probed", format.Recognizes is not null);
        json.WriteString("lookup", format.Lookup);
        json.WriteStartArray("options");
        foreach (OptionInfo option in OptionHelp.OptionsOf(format))
        {
            json.WriteStartObject();
            json.WriteString("name", option.Name);
            json.WriteString("type", option.TypeName.Trim('<', '>'));
            json.WriteString("help", option.Help);
            json.WriteString("initial", InitialOf(option));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("header");
        foreach (FieldLayout field in format.HeaderFields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteNumber("offset", field.Offset);
            json.WriteNumber("size", field.Size);
            json.WriteString("rule", field.Rule);
            json.WriteString("summary", field.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A disk has no size of its own before it is given one.
    private static string? InitialOf(OptionInfo option) => option.Name == OptionHelp.Size ? null : option.Initial;

    private static string YesOrNo(bool value) => value ? "yes" : "no";
}
