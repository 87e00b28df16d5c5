namespace BlockGen;

/// <summary>Looks for what the layers above a base hold.</summary>
internal static class ChainScan
{
    /// <summary>
    /// What a copy does with the first run of the range: nothing where only the base or what is below it is asked. The
    /// range lies in the image's disk; the base is below the image, or null for none.
    /// </summary>
    public static async ValueTask<CopyRun> AboveAsync(
        Image image, Image? baseLayer, GuestRange range, CancellationToken cancellation)
    {
        for (Image? layer = image; layer is not null && layer != baseLayer; layer = layer.Backing)
        {
            // What a layer hides by its end, it hides from the layers above it too.
            if (range.Start.Value >= layer.Length)
            {
                return new CopyRun(range, CopyAction.Zero);
            }

            range = range.Take(layer.Length - range.Start.Value);
            Extent extent = await layer.MapAsync(range, cancellation).ConfigureAwait(false);
            range = extent.Range;
            switch (extent.Kind)
            {
                case MappingKind.Unallocated:
                    continue;
                case MappingKind.Zero:
                    return new CopyRun(range, CopyAction.Zero);
                default:
                    return new CopyRun(range, CopyAction.Copy);
            }
        }

        return new CopyRun(range, baseLayer is null ? CopyAction.Zero : CopyAction.Skip);
    }

    /// <summary>Marks what the layers above a base hold; the whole disk without a base.</summary>
    public static async ValueTask MarkAboveAsync(
        Image top, Image? baseLayer, DirtyMap map, CancellationToken cancellation)
    {
        if (baseLayer is null)
        {
            map.Mark(new GuestRange(0, top.Length));
            return;
        }

        for (GuestRange rest = new(0, top.Length); rest.Length > 0;)
        {
            CopyRun run = await AboveAsync(top, baseLayer, rest, cancellation).ConfigureAwait(false);
            if (run.Action is not CopyAction.Skip)
            {
                map.Mark(run.Range);
            }

            rest = new GuestRange(run.Range.End, rest.End - run.Range.End);
        }
    }
}
