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
        try
        {
            return await TryOpenAsync(path, opening, cancellation);
        }
        catch (ImageException failure)
        {
            throw new ToolException($"Could not open '{path}': {failure.Message}", exitCode);
        }
    }

    /// <summary>Opens an image; failures are <see cref="ImageException"/> with the reason alone.</summary>
    public static async ValueTask<Image> TryOpenAsync(string path, ImageOpening opening, CancellationToken cancellation)
    {
        if (opening.Format is { } format)
        {
            Formats.Find(format);
        }

        int depth = 0;
        OpenOptions options = new()
        {
            ReadOnly = !opening.IsWritable,
            IgnoreDirtyMark = opening.IgnoresDirtyMark,
            OpenBacking = opening.OpensBacking,
            CopyOnRead = opening.CopiesOnRead,
            DriverOptions = opening.DriverOptions,
            ProbeBacking = true,
            WritableBacking = storage => storage.Name == opening.WritableBacking,
            Gate = (link, overlay, _) => ValueTask.FromResult(OpenBacking(link, overlay, opening, ++depth)),
        };
        IStorage storage = OpenStorage(path, opening, opening.IsWritable);
        try
        {
            Image image = await Formats.OpenAsync(storage, opening.Format, options, cancellation);
            if (opening.IsWritable && image.IsReadOnly)
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
        catch (IOException failure)
        {
            throw new ImageException(failure.Message, failure);
        }
    }

    /// <summary>Opens or creates the file of an image; failures are <see cref="ImageException"/>.</summary>
    public static IStorage OpenStorage(string path, ImageOpening opening, bool writable)
    {
        FileStorageOptions options = new()
        {
            ReadOnly = !writable,
            Lock = !opening.IgnoresLocks,
            Direct = opening.Cache.Direct,
            IgnoreFlush = opening.Cache.IgnoreFlush,
        };
        return Translate(path, "open", () => FileStorage.Open(LocalPath(path), options));
    }

    /// <summary>Makes an empty file for an image; failures are <see cref="ImageException"/>.</summary>
    public static IStorage CreateStorage(string path, CacheMode cache) => Translate(
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
