using System.Globalization;
using System.Text;

namespace BlockGen.Cli;

/// <summary>The parts of <c>explain</c>.</summary>
internal sealed class ImageExplanation(Screen screen, Image image, CancellationToken cancellation)
{
    private const int MostBytesShown = 16;

    /// <summary>Writes everything.</summary>
    public async ValueTask WriteAsync()
    {
        ImageDescription description = image.Describe();
        await WriteSummaryAsync(description);
        if (description.Fields.Count > 0)
        {
            await WriteFieldsAsync(description.Fields);
        }

        WriteRegions(description.Regions);
        await WritePictureAsync();
    }

    private async ValueTask WriteSummaryAsync(ImageDescription description)
    {
        ulong diskBytes = await DiskUsage.MeasureAsync(image.Storage, cancellation);
        screen.Heading(image.Storage.Name);
        screen.Line($"  format       {description.Format}{Sentence(image.Driver.Summary)}");
        screen.Line($"  disk         {SizeText.Format(image.Length)} ({image.Length} bytes)");
        string fileSize = SizeText.Format(image.Storage.Length);
        screen.Line($"  file         {fileSize}, {SizeText.Format(diskBytes)} of it on disk");
        if (image.ClusterBytes > 0)
        {
            screen.Line($"  cluster      {SizeText.Format(image.ClusterBytes)}");
        }

        screen.Line($"  lookup       {description.Lookup}");
        if (description.WriteOrder.Length > 0)
        {
            screen.Line($"  write order  {description.WriteOrder}");
        }

        if (image.BackingLink is { } link)
        {
            screen.Line($"  backing      {link.Name}{(link.Format is null ? "" : $" (declared: {link.Format})")}");
        }

        if (image.IsDirty)
        {
            screen.Bad("  not closed cleanly by its last writer");
        }
    }

    private async ValueTask WriteFieldsAsync(IReadOnlyList<DescribedField> fields)
    {
        int nameWidth = fields.Max(field => field.Layout.Name.Length);
        int valueWidth = Math.Min(40, fields.Max(field => field.Value?.Length ?? 1));
        int ruleWidth = Math.Min(40, fields.Max(field => field.Layout.Rule.Length));
        int bytesWidth = fields.Max(field => Math.Min(field.Layout.Size * 3, MostBytesShown * 3 + 1));
        screen.Heading("Header");
        screen.Remark(
            $"  {"offset",-8} {"size",5}  {"bytes".PadRight(bytesWidth)} {"field".PadRight(nameWidth)}  "
            + $"{"value".PadRight(valueWidth)}  {"rule".PadRight(ruleWidth)}  meaning");
        foreach (DescribedField field in fields)
        {
            FieldLayout layout = field.Layout;
            string bytes = await ReadBytesAsync(layout);
            string line =
                $"  0x{layout.Offset:x6} {layout.Size,5}  {bytes.PadRight(bytesWidth)} "
                + $"{layout.Name.PadRight(nameWidth)}  "
                + $"{(field.Value ?? "-").PadRight(valueWidth)}  {layout.Rule.PadRight(ruleWidth)}  {layout.Summary}";
            screen.Line(line.TrimEnd());
        }
    }

    private async ValueTask<string> ReadBytesAsync(FieldLayout layout)
    {
        byte[] bytes = new byte[Math.Min(layout.Size, MostBytesShown)];
        await image.Storage.ReadAsync(new HostOffset((ulong)layout.Offset), bytes, cancellation);
        StringBuilder text = new();
        foreach (byte value in bytes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value:x2} ");
        }

        return layout.Size > MostBytesShown ? text.Append('…').ToString() : text.ToString();
    }

    private void WriteRegions(IReadOnlyList<DescribedRegion> regions)
    {
        if (regions.Count == 0)
        {
            return;
        }

        screen.Heading("Metadata in the file");
        foreach (DescribedRegion region in regions)
        {
            screen.Line($"  {region.Range,-26} {SizeText.Format(region.Range.Length),9}  {region.Name}");
        }
    }

    private async ValueTask WritePictureAsync()
    {
        ulong part = AllocationPicture.PartBytes(image.Length, image.ClusterBytes);
        screen.Heading($"Allocation, {SizeText.Format(part)} a character, the top layer first");
        foreach (Image layer in image.Layers)
        {
            screen.Line($"  {layer.Storage.Name} ({layer.Driver.Name}, {SizeText.Format(layer.Length)})");
            foreach (string row in await AllocationPicture.DrawAsync(layer, image.Length, part, cancellation))
            {
                screen.Line($"    {row}");
            }
        }

        screen.Remark($"  {AllocationPicture.Legend}");
    }

    private static string Sentence(string summary) => summary.Length > 0 ? $": {summary}" : "";
}
