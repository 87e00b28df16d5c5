using BlockGen.Drivers;

namespace BlockGen.Cli;

/// <summary>
/// Opens images in local files, with the backing files they name. Failures are told in qemu-img's words.
/// </summary>
internal static class ImageFiles
{
    /// <summary>The formats the tool knows.</summary>
    public static FormatRegistry Formats { get; } = new(DiskFormats.All);

    /// <summary>Opens an image for a command; a failure ends the command.</summary>
    public static async ValueTask<Image> OpenAsync(
        string path, ImageOpening opening, CancellationToken cancellation, int exitCode = ExitCode.Failure)
    {
        if (opening.IsOptionList && opening.Format is not null)
        {
            throw new ToolException("--image-opts and --format are mutually exclusive", exitCode);
        }

        try
        {
            return await TryOpenAsync(path, opening, cancellation);
        }
        catch (SnapshotException failure)
        {
            throw new ToolException($"Failed to load snapshot: {failure.Message}", exitCode);
        }
        catch (ImageException failure)
        {
            throw new ToolException($"Could not open '{path}': {failure.Message}", exitCode);
        }
    }

    /// <summary>Opens an image; failures are <see cref="ImageException"/> with the reason alone.</summary>
    public static async ValueTask<Image> TryOpenAsync(string path, ImageOpening opening, CancellationToken cancellation)
    {
        if (opening is { IsTemporary: true, IsWritable: true })
        {
            Image image = await TryOpenAsync(path, opening with { IsWritable = false }, cancellation);
            try
            {
                return await TemporaryOverlay.CreateAsync(image, cancellation);
            }
            catch (Exception failure) when (IsImageFailure(failure))
            {
                await image.DisposeAsync();
                throw new ImageException($"Could not create a temporary overlay: {failure.Message}", failure);
            }
        }

        if (opening.Format is { } format)
        {
            Formats.Find(format);
        }

        NodeOptions? node = opening.IsOptionList ? NodeText.ReadOptionList(path) : NodeText.Read(path);
        if (node is null)
        {
            return await OpenOverAsync(
                OpenStorage(path, opening, opening.IsWritable), path, opening, opening.IsWritable, cancellation);
        }

        (IStorage storage, ImageOpening described) = ImageNode.Open(node, opening);
        return await OpenOverAsync(storage, storage.Name, described, opening.IsWritable, cancellation);
    }

    private static async ValueTask<Image> OpenOverAsync(
        IStorage storage, string path, ImageOpening opening, bool mustBeWritable, CancellationToken cancellation)
    {
        int depth = 0;
        OpenOptions options = new()
        {
            ReadOnly = !opening.IsWritable,
            IgnoreDirtyMark = opening.IgnoresDirtyMark,
            OpenBacking = opening.OpensBacking,
            Snapshot = opening.Snapshot,
            CopyOnRead = opening.CopiesOnRead,
            DriverOptions = new OptionValues(opening.DriverOptions, opening.Objects.FindSecret),
            MetadataOnly = opening.IsForMetadata,
            ProbeBacking = true,
            WritableBacking = storage => storage.Name == opening.WritableBacking,
            Gate = (link, overlay, _) => ValueTask.FromResult(OpenBacking(link, overlay, opening, ++depth)),
        };
        try
        {
            Image image = await Formats.OpenAsync(storage, opening.Format, options, cancellation);
            if (opening.IsWritable && mustBeWritable && image.IsReadOnly)
            {
                await image.DisposeAsync();
                throw new ImageException("Image is read-only");
            }

            return image;
        }
        catch (CorruptImageException failure)
        {
            throw new ImageException(failure.Message.Replace($"{path}: ", "", StringComparison.Ordinal), failure);
        }
        catch (OptionException failure)
        {
            const string Unknown = "Invalid parameter ";
            throw new ImageException(
                failure.Message.StartsWith(Unknown, StringComparison.Ordinal)
                    ? $"Block format '{opening.Format}' does not support the option {failure.Message[Unknown.Length..]}"
                    : failure.Message,
                failure);
        }
        catch (IOException failure)
        {
            throw new ImageException(failure.Message, failure);
        }
    }

    /// <summary>Opens what a name stands for; failures are <see cref="ImageException"/>.</summary>
    public static IStorage OpenStorage(string path, ImageOpening opening, bool writable) =>
        NodeText.Read(path) is { } node
            ? ImageNode.OpenBacking(node, opening, writable)
            : OpenFile(path, opening, writable);

    /// <summary>Opens the file of an image; failures are <see cref="ImageException"/>.</summary>
    public static IStorage OpenFile(string path, ImageOpening opening, bool writable)
    {
        if (opening is { Aio: "native", Cache.Direct: false })
        {
            throw new ImageException(
                "aio=native was specified, but it requires cache.direct=on, which was not specified.");
        }

        FileStorageOptions options = new()
        {
            ReadOnly = !writable,
            Lock = !opening.IgnoresLocks,
            Direct = opening.Cache.Direct,
            IgnoreFlush = opening.Cache.IgnoreFlush,
        };
        return Translate(path, "open", () => FileStorage.Open(LocalPath(path), options));
    }

    /// <summary>Makes an empty file for an image, or takes a device that is there; failures are <see cref="ImageException"/>.</summary>
    public static IStorage CreateStorage(string path, CacheMode cache) => NodeText.Describes(path)
        ? OpenStorage(path, new ImageOpening { Cache = cache }, writable: true)
        : Translate(
            path,
            "create",
            () => FileStorage.Create(LocalPath(path), new FileStorageOptions { IgnoreFlush = cache.IgnoreFlush }));

    /// <summary>Whether an error is one of a file or an image, as opposed to one of the program.</summary>
    public static bool IsImageFailure(Exception failure) =>
        failure is ImageException or IOException or OptionException
            or UnauthorizedAccessException or NotSupportedException;

    private static IStorage OpenBacking(BackingLink link, IStorage overlay, ImageOpening opening, int depth)
    {
        try
        {
            if (link.Format is { } format)
            {
                Formats.Find(format);
            }

            string path = BackingNames.Resolve(overlay.Name, link.Name);
            IStorage storage = OpenStorage(path, opening, writable: path == opening.WritableBacking);
            return opening.Simulate is { } simulate ? simulate(storage) : storage;
        }
        catch (ImageException failure)
        {
            string layers = string.Concat(Enumerable.Repeat("Could not open backing file: ", depth));
            throw new ImageException(layers + failure.Message, failure);
        }
    }

    private static string LocalPath(string path) => BackingNames.ProtocolOf(path) switch
    {
        null => BackingNames.Resolve("", path),
        string protocol => throw new ImageException($"Unknown protocol '{protocol}'"),
    };

    private static IStorage Translate(string path, string verb, Func<IStorage> open)
    {
        const string LockQuestion = "; is another process using the image?";
        try
        {
            return open();
        }
        catch (IOException failure)
        {
            string reason = failure switch
            {
                _ when Directory.Exists(path) && verb == "open" =>
                    $"'file' driver requires '{path}' to be a regular file",
                _ when Directory.Exists(path) => $"Could not {verb} '{path}': Is a directory",
                FileNotFoundException or DirectoryNotFoundException =>
                    $"Could not {verb} '{path}': No such file or directory",
                { InnerException: UnauthorizedAccessException } => $"Could not {verb} '{path}': Permission denied",
                _ when failure.Message.EndsWith(LockQuestion, StringComparison.Ordinal) =>
                    failure.Message[..^LockQuestion.Length].Replace($"{path}: ", "", StringComparison.Ordinal)
                    + $"\nIs another process using the image [{path}]?",
                _ => failure.Message,
            };
            throw new ImageException(reason, failure);
        }
    }
}
