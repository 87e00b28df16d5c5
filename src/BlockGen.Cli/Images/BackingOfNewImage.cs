namespace BlockGen.Cli;

/// <summary>Looks at the backing file of an image that is about to be created.</summary>
internal static class BackingOfNewImage
{
    /// <summary>
    /// Gives the new image its backing link and, where it has no size of its own, the backing's size.
    /// Failures are <see cref="ImageException"/> in qemu-img's words.
    /// </summary>
    public static async ValueTask AttachAsync(
        ImageCreation creation, ImageFormat format, BackingLink link, bool trustsName)
    {
        if (!format.HasBacking)
        {
            throw new ImageException($"Backing file not supported for file format '{format.Name}'");
        }

        string backingPath = BackingNames.Resolve(creation.Path, link.Name);
        if (link.Name == creation.Path)
        {
            throw new ImageException("Error: Trying to create an image with the same filename as the backing file");
        }

        if (trustsName)
        {
            RequireFormat(link, found: null);
        }
        else
        {
            (ulong length, string found) = await MeasureAsync(backingPath, link);
            RequireFormat(link, found);
            creation.Length ??= length;
        }

        creation.Backing = link;
    }

    private static void RequireFormat(BackingLink link, string? found)
    {
        if (link.Format is null)
        {
            string detected = found is null ? "" : $"\nDetected format of {found}.";
            throw new ImageException($"Backing file specified without backing format{detected}");
        }
    }

    private static async ValueTask<(ulong Length, string Format)> MeasureAsync(string path, BackingLink link)
    {
        try
        {
            ImageOpening opening = new() { Format = link.Format, IgnoresLocks = true };
            await using Image backing = await ImageFiles.TryOpenAsync(path, opening, CancellationToken.None);
            return (backing.Length, backing.Driver.Name);
        }
        catch (ImageException failure)
        {
            throw new ImageException($"{failure.Message}\nCould not open backing image.", failure);
        }
    }
}
