namespace BlockGen.Cli;

/// <summary>An image as a name of the <c>json:</c> kind or an option list describes it.</summary>
internal static class ImageNode
{
    /// <summary>
    /// Opens what is under the format, and completes how the image over it is opened; failures are <see
    /// cref="ImageException"/>.
    /// </summary>
    public static (IStorage Storage, ImageOpening Opening) Open(NodeOptions options, ImageOpening opening)
    {
        string? driver = options.Take("driver");
        switch (driver)
        {
            case "copy-on-read":
                if (!opening.IsWritable)
                {
                    throw new ImageException("Block node is read-only");
                }

                return Open(TakeFile(options), GenericNodeOptions.Take(options, opening) with { CopiesOnRead = true });
            case "compress":
                NodeOptions below = TakeFile(options);
                string format = below.Take("driver") ?? "file";
                throw new ImageException($"Compression is not supported for underlying format: {format}");
            case { } when StorageNode.IsProtocol(driver):
                IStorage storage = StorageNode.Open(driver, options, opening, opening.IsWritable);
                return (storage, opening with { Format = "raw", IsWritable = !storage.IsReadOnly });
            case { }:
                ImageFiles.Formats.Find(driver);
                break;
            default:
                break;
        }

        opening = GenericNodeOptions.Take(options, opening);
        bool isWritable = opening.IsWritable && !opening.IsForcedReadOnly;
        IStorage file = StorageNode.Open(TakeFile(options), opening, isWritable);
        Dictionary<string, string> own = new(opening.DriverOptions);
        foreach ((string name, string value) in options.Rest)
        {
            own[name] = value;
        }

        if (driver == "raw")
        {
            RequireInside(file, own);
        }

        return (file, opening with
        {
            Format = driver ?? opening.Format,
            IsWritable = isWritable && !file.IsReadOnly,
            DriverOptions = own,
        });
    }

    /// <summary>Opens what is under a backing file's format, which its overlay names.</summary>
    public static IStorage OpenBacking(NodeOptions options, ImageOpening opening, bool isWritable) =>
        options.Take("driver") switch
        {
            null => StorageNode.Open(TakeFile(options), opening, isWritable),
            { } driver when driver == "raw" || StorageNode.IsProtocol(driver) =>
                StorageNode.Open(driver, options, opening, isWritable),
            { } driver => OpenUnder(driver, options, opening, isWritable),
        };

    private static IStorage OpenUnder(string driver, NodeOptions options, ImageOpening opening, bool isWritable)
    {
        ImageFiles.Formats.Find(driver);
        ImageOpening own = GenericNodeOptions.Take(options, opening);
        IStorage file = StorageNode.Open(TakeFile(options), own, isWritable);
        StorageNode.RequireNothingLeft(driver, options);
        return file;
    }

    private static NodeOptions TakeFile(NodeOptions options)
    {
        if (options.Take("file") is { } reference)
        {
            throw new ImageException($"Cannot find device='{reference}' nor node-name='{reference}'");
        }

        NodeOptions file = options.TakeChild("file");
        return file.IsEmpty ? throw new ImageException("A block device must be specified for \"file\"") : file;
    }

    private static void RequireInside(IStorage file, Dictionary<string, string> options)
    {
        ulong offset = Size("offset") ?? 0;
        if (offset > file.Length)
        {
            throw new ImageException(
                $"Offset ({offset}) cannot be greater than size of the containing file ({file.Length})");
        }

        if (Size("size") is { } size && size > file.Length - offset)
        {
            throw new ImageException(
                $"The sum of offset ({offset}) and size ({size}) has to be smaller or equal to the  actual size of the "
                + $"containing file ({file.Length})");
        }

        ulong? Size(string name) =>
            options.TryGetValue(name, out string? text) && SizeText.TryParse(text, out ulong bytes) ? bytes : null;
    }
}
