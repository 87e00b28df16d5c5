using System.Text.Json;

namespace BlockGen.Cli;

/// <summary>What <c>info</c> tells of one image.</summary>
internal sealed record ImageInfo(
    string Path,
    string Format,
    ulong Length,
    ulong? DiskBytes,
    ClusterFacts? Clusters,
    BackingLink? Backing,
    IReadOnlyList<ImageSnapshot> Snapshots,
    IReadOnlyList<FormatDetail> Details,
    bool IsEncrypted)
{
    public string? BackingPath => Backing is null ? null : BackingNames.Resolve(Path, Backing.Name);
}

/// <summary>What <c>info</c> tells of an image's clusters, of formats that do not hide them.</summary>
/// <param name="Bytes">Bytes in one; 0 where there are none.</param>
/// <param name="AreDirty">Whether they were not left cleanly.</param>
internal sealed record ClusterFacts(ulong Bytes, bool AreDirty);

/// <summary>The forms of <c>info</c>, as qemu-img prints them.</summary>
internal static class InfoOutput
{
    public static void WriteHuman(TextWriter output, IReadOnlyList<ImageInfo> layers)
    {
        for (int depth = 0; depth < layers.Count; depth++)
        {
            if (depth > 0)
            {
                output.WriteLine();
            }

            WriteHuman(output, layers[depth]);
        }
    }

    public static void WriteJson(TextWriter output, IReadOnlyList<ImageInfo> layers, bool asChain) =>
        JsonText.Write(output, json =>
        {
            if (!asChain)
            {
                WriteJson(json, layers[0]);
                return;
            }

            json.WriteStartArray();
            foreach (ImageInfo layer in layers)
            {
                WriteJson(json, layer);
            }

            json.WriteEndArray();
        });

    private static void WriteHuman(TextWriter output, ImageInfo info)
    {
        output.WriteLine($"image: {info.Path}");
        output.WriteLine($"file format: {info.Format}");
        output.WriteLine($"virtual size: {SizeText.Format(info.Length)} ({info.Length} bytes)");
        output.WriteLine($"disk size: {(info.DiskBytes is { } bytes ? SizeText.Format(bytes) : "unavailable")}");
        if (info.IsEncrypted)
        {
            output.WriteLine("encrypted: yes");
        }

        if (info.Clusters is { Bytes: > 0 } clusters)
        {
            output.WriteLine($"cluster_size: {clusters.Bytes}");
        }

        if (info.Clusters is { AreDirty: true })
        {
            output.WriteLine("cleanly shut down: no");
        }

        if (info.Backing is { } backing)
        {
            string actual = backing.Name == info.BackingPath ? "" : $" (actual path: {info.BackingPath})";
            output.WriteLine($"backing file: {backing.Name}{actual}");
            if (backing.Format is not null)
            {
                output.WriteLine($"backing file format: {backing.Format}");
            }
        }

        SnapshotOutput.WriteHuman(output, info.Snapshots);
        if (info.Details.Count > 0)
        {
            output.WriteLine("Format specific information:");
            WriteHuman(output, info.Details, "    ");
        }
    }

    private static void WriteHuman(TextWriter output, IReadOnlyList<FormatDetail> details, string indent)
    {
        foreach (FormatDetail detail in details)
        {
            string name = $"{indent}{detail.Name.Replace('-', ' ')}:";
            bool isValue = detail is { Items: null, Parts: null, Texts: null };
            output.WriteLine(isValue ? $"{name} {detail.Value}" : name);
            WriteHuman(output, detail.Parts ?? [], $"{indent}    ");
            for (int index = 0; index < detail.Texts?.Count; index++)
            {
                output.WriteLine($"{indent}    [{index}]: {detail.Texts[index]}");
            }

            for (int index = 0; index < detail.Items?.Count; index++)
            {
                output.WriteLine($"{indent}    [{index}]:");
                WriteHuman(output, detail.Items[index], $"{indent}        ");
            }
        }
    }

    private static void WriteJson(Utf8JsonWriter json, ImageInfo info)
    {
        json.WriteStartObject();
        SnapshotOutput.WriteJson(json, info.Snapshots);
        if (info.Backing?.Format is { } backingFormat)
        {
            json.WriteString("backing-filename-format", backingFormat);
        }

        json.WriteNumber("virtual-size", info.Length);
        json.WriteString("filename", info.Path);
        if (info.Clusters is { Bytes: > 0 } clusters)
        {
            json.WriteNumber("cluster-size", clusters.Bytes);
        }

        json.WriteString("format", info.Format);
        if (info.DiskBytes is { } diskBytes)
        {
            json.WriteNumber("actual-size", diskBytes);
        }

        if (info.Details.Count > 0)
        {
            WriteDetails(json, info);
        }

        if (info.Backing is { } backing)
        {
            json.WriteString("full-backing-filename", info.BackingPath);
            json.WriteString("backing-filename", backing.Name);
        }

        if (info.IsEncrypted)
        {
            json.WriteBoolean("encrypted", true);
        }

        if (info.Clusters is not null)
        {
            json.WriteBoolean("dirty-flag", info.Clusters.AreDirty);
        }

        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, ImageInfo info)
    {
        json.WriteStartObject("format-specific");
        json.WriteString("type", info.Format);
        json.WritePropertyName("data");
        WriteDetails(json, info.Details);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, IReadOnlyList<FormatDetail> details)
    {
        json.WriteStartObject();
        foreach (FormatDetail detail in details)
        {
            json.WritePropertyName(detail.Name);
            if (detail.Parts is not null)
            {
                WriteDetails(json, detail.Parts);
            }
            else if (detail.Items is not null)
            {
                json.WriteStartArray();
                foreach (IReadOnlyList<FormatDetail> item in detail.Items)
                {
                    WriteDetails(json, item);
                }

                json.WriteEndArray();
            }
            else if (detail.Texts is { Count: 0 })
            {
                // As qemu-img breaks the line.
                json.WriteRawValue($"[\n{new string(' ', 4 * json.CurrentDepth)}]");
            }
            else if (detail.Texts is not null)
            {
                json.WriteStartArray();
                foreach (string text in detail.Texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
            }
            else if (detail.IsText)
            {
                json.WriteStringValue(detail.Value);
            }
            else
            {
                json.WriteRawValue(detail.Value);
            }
        }

        json.WriteEndObject();
    }
}
