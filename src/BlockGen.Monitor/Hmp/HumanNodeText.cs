using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Describes nodes to people.</summary>
internal sealed class HumanNodeText(StorageDaemon daemon, TextWriter output)
{
    /// <summary>One node; with details, also the images behind it.</summary>
    public async ValueTask WriteAsync(Node node, bool hasDetails, CancellationToken cancellation)
    {
        JsonObject info = await new NodeInfo(daemon, isFlat: false).DescribeAsync(node, cancellation)
            .ConfigureAwait(false);
        string readOnly = node.IsReadOnly ? ", read-only" : "";
        string encrypted = node.Image.IsEncrypted ? ", encrypted" : "";
        Line($"{node.Name}: {node.FileName} ({node.Driver}{readOnly}{encrypted})");
        JsonNode cache = info["cache"]!;
        string direct = cache["direct"]!.GetValue<bool>() ? ", direct" : "";
        string noFlush = cache["no-flush"]!.GetValue<bool>() ? ", ignore flushes" : "";
        Line($"    Cache mode:       writeback{direct}{noFlush}");
        if (info["backing_file"] is { } backing)
        {
            Line($"    Backing file:     {backing} (chain depth: {info["backing_file_depth"]})");
        }

        if (info["detect_zeroes"]!.ToString() is not "off" and string zeroes)
        {
            Line($"    Detect zeroes:    {zeroes}");
        }

        if (!hasDetails)
        {
            return;
        }

        Line("\nImages:");
        for (JsonNode? image = info["image"]; image is not null; image = image["backing-image"])
        {
            WriteImage(image);
        }
    }

    private void WriteImage(JsonNode image)
    {
        ulong bytes = image["virtual-size"]!.GetValue<ulong>();
        Line($"image: {image["filename"]}");
        Line($"file format: {image["format"]}");
        Line($"virtual size: {SizeText.Format(bytes)} ({bytes} bytes)");
        string? used = image["actual-size"] is { } actualBytes ? SizeText.Format(actualBytes.GetValue<ulong>()) : null;
        Line($"disk size: {used ?? "unavailable"}");
        if (image["cluster-size"] is { } clusterBytes)
        {
            Line($"cluster_size: {clusterBytes}");
        }

        if (image["dirty-flag"]?.GetValue<bool>() is true)
        {
            Line("cleanly shut down: no");
        }

        if (image["backing-filename"] is { } backing)
        {
            string actual = image["full-backing-filename"]!.ToString();
            Line($"backing file: {backing}{(actual == backing.ToString() ? "" : $" (actual path: {actual})")}");
        }

        if (image["backing-filename-format"] is { } format)
        {
            Line($"backing file format: {format}");
        }

        if (image["format-specific"] is { } specific)
        {
            Line("Format specific information:");
            WriteDetails(specific["data"]!.AsObject(), "    ");
        }
    }

    private void WriteDetails(JsonObject details, string indent)
    {
        foreach ((string name, JsonNode? value) in details)
        {
            string title = $"{indent}{name.Replace('-', ' ')}:";
            switch (value)
            {
                case JsonObject parts:
                    Line(title);
                    WriteDetails(parts, $"{indent}    ");
                    break;
                case JsonArray items:
                    Line(title);
                    for (int at = 0; at < items.Count; at++)
                    {
                        Line($"{indent}    [{at}]:");
                        WriteDetails(items[at]!.AsObject(), $"{indent}        ");
                    }

                    break;
                default:
                    Line($"{title} {value}");
                    break;
            }
        }
    }

    private void Line(string text) => output.Write($"{text}\n");
}
