namespace BlockGen.Cli;

/// <summary>The bitmaps that <c>convert --bitmaps</c> takes along.</summary>
internal static class BitmapCopy
{
    /// <summary>The bitmaps of the source, but for those that are inconsistent and may be left out.</summary>
    public static IReadOnlyList<ImageBitmap> Choose(ImageGroup sources, bool skipsBroken, ToolConsole console)
    {
        if (sources.Images.Count > 1)
        {
            throw new ToolException("Copying bitmaps only possible with single source");
        }

        IImageBitmaps bitmaps = sources.Images[0].Bitmaps ?? throw new ToolException("Source lacks bitmap support");
        foreach (ImageBitmap broken in bitmaps.All.Reverse().Where(bitmap => bitmap.IsInconsistent))
        {
            if (!skipsBroken)
            {
                throw new ToolException(
                    $"Cannot copy inconsistent bitmap '{broken.Name}'\n"
                    + "Try --skip-broken-bitmaps, or use 'qemu-img bitmap --remove' to delete it");
            }

            console.Complain($"warning: Skipping inconsistent bitmap '{broken.Name}'");
        }

        return [.. bitmaps.All.Where(bitmap => !bitmap.IsInconsistent)];
    }

    /// <summary>Makes the same bitmaps in a target that nobody writes to.</summary>
    public static async ValueTask CopyAsync(
        Image source, IReadOnlyList<ImageBitmap> bitmaps, Image target, CancellationToken cancellation)
    {
        foreach (ImageBitmap bitmap in bitmaps)
        {
            string step = "create";
            try
            {
                await target.Bitmaps!.AddAsync(bitmap.Name, bitmap.GranularityBytes, bitmap.IsRecording, cancellation);
                step = "populate";
                BitmapBits bits = await source.Bitmaps!.ReadAsync(bitmap.Name, cancellation);
                await target.Bitmaps.MergeAsync(bitmap.Name, bits, cancellation);
            }
            catch (BitmapException failure)
            {
                throw new ToolException($"Failed to {step} bitmap {bitmap.Name}: {failure.Message}");
            }
        }
    }
}
