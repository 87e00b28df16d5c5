namespace BlockGen.Cli;

/// <summary>A run of the disk with one state, as <c>map</c> shows it.</summary>
/// <param name="Start">First guest byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Depth">Layers above the one that answers for it.</param>
/// <param name="IsPresent">Whether that layer says what is there; otherwise no layer does.</param>
/// <param name="IsZero">Whether it reads as zeroes without any data being read.</param>
/// <param name="HasData">Whether data has to be read to know what is there.</param>
/// <param name="HostOffset">Where the layer's file has it; null where it has no place, or no plain one.</param>
/// <param name="File">The layer's file.</param>
internal sealed record MapEntry(
    ulong Start, ulong Length, int Depth, bool IsPresent, bool IsZero, bool HasData, ulong? HostOffset, string File)
{
    /// <summary>No run at all: what lies behind the end of the disk.</summary>
    public static MapEntry Nothing(Image image, ulong start) =>
        new(start, 0, 0, IsPresent: false, IsZero: false, HasData: false, null, image.Storage.Name);

    /// <summary>The first run of the range.</summary>
    public static async ValueTask<MapEntry> ReadAsync(Image image, GuestRange range, CancellationToken cancellation)
    {
        ChainExtent found = await image.MapChainAsync(range, cancellation);
        Extent extent = found.Extent;
        (Image layer, int depth) = extent.IsAllocated ? (found.Layer, found.Depth) : LowestLayerAt(image, range.Start);

        bool isPresent = extent.IsAllocated || !layer.Driver.UnallocatedIsNowhere;
        ulong? host = extent.Kind is MappingKind.Compressed || layer.IsEncrypted
            || extent.Host == BlockGen.HostOffset.None
            ? null
            : extent.Host.Value;
        bool isZero = extent.Kind is MappingKind.Zero or MappingKind.Unallocated;
        return new MapEntry(
            range.Start.Value,
            extent.Length,
            depth,
            isPresent,
            isZero,
            !isZero,
            host,
            layer.Storage.Name);
    }

    /// <summary>Both runs as one; null where they do not continue each other.</summary>
    public MapEntry? TryAppend(MapEntry next)
    {
        bool continues = next.Depth == Depth
            && next.IsPresent == IsPresent
            && next.IsZero == IsZero
            && next.HasData == HasData
            && next.File == File
            && next.HostOffset == HostOffset + (HostOffset is null ? 0 : Length);
        return continues ? this with { Length = Length + next.Length } : null;
    }

    // Layers that are too short for the offset do not answer for it.
    private static (Image Layer, int Depth) LowestLayerAt(Image image, GuestOffset offset)
    {
        int depth = 0;
        while (image.Backing is { } backing && offset.Value < backing.Length)
        {
            image = backing;
            depth++;
        }

        return (image, depth);
    }
}
