using System.Globalization;

namespace BlockGen.Cli;

/// <summary>An image to be created: its format, its options as text, and what it is to be backed by.</summary>
internal sealed class ImageCreation(string path, ImageFormat format, Dictionary<string, string> values)
{
    /// <summary>Where.</summary>
    public string Path { get; } = path;

    /// <summary>The disk's size in bytes.</summary>
    public ulong? Length { get; set; }

    public BackingLink? Backing { get; set; }

    /// <summary>Secrets that options may name.</summary>
    public UserObjects Objects { get; init; } = UserObjects.None;

    /// <summary>The options' values with the size and backing file as options, for formats that have them.</summary>
    public string Describe()
    {
        List<string> parts = [$"Formatting '{Path}', fmt={format.Name}"];
        foreach (OptionInfo option in OptionHelp.OptionsOf(format))
        {
            if (ValueOf(option) is { } value)
            {
                // As it would have to be typed.
                parts.Add($"{option.Name}={value.Replace(",", ",,", StringComparison.Ordinal)}");
            }
        }

        return string.Join(' ', parts);
    }

    /// <summary>
    /// Makes the file. Failures are <see cref="ImageException"/>, <see cref="IOException"/> or <see
    /// cref="OptionException"/>.
    /// </summary>
    public async ValueTask RunAsync(CacheMode cache, CancellationToken cancellation)
    {
        Func<IStorage, IReadOnlyDictionary<string, string>, BackingLink?, CancellationToken, ValueTask> create =
            format.CreateAsync
            ?? throw new ImageException($"Format driver '{format.Name}' does not support image creation");
        await using IStorage storage = ImageFiles.CreateStorage(Path, cache);
        await create(storage, new OptionValues(OwnValues(), Objects.FindSecret), Backing, cancellation);
        await storage.FlushAsync(cancellation);
    }

    /// <summary>Throws <see cref="ToolException"/> where images of a format cannot be made.</summary>
    public static void RequireSupport(ImageFormat format)
    {
        if (format.CreateAsync is null)
        {
            throw new ToolException($"Format driver '{format.Name}' does not support image creation");
        }
    }

    /// <summary>Throws <see cref="OptionException"/> where a name is unknown or a value cannot be read.</summary>
    public static void RejectBadValues(ImageFormat format, Dictionary<string, string> values)
    {
        IReadOnlyList<OptionInfo> options = OptionHelp.OptionsOf(format);
        OptionReader reader = new(values, options);
        foreach (OptionInfo option in options)
        {
            if (option.TypeName == "<size>"
                && values.TryGetValue(option.Name, out string? text) && !SizeText.TryParse(text, out _))
            {
                throw new OptionException(OptionText.NotASize(option.Name));
            }

            if (option.TypeName.StartsWith("<bool", StringComparison.Ordinal))
            {
                reader.Flag(option.Name, initial: false);
            }

            if (option.TypeName == "<num>")
            {
                reader.Number(option.Name, initial: null);
            }
        }
    }

    // Size and backing file are options of every format; how much of them a driver declares itself is its own choice.
    private Dictionary<string, string> OwnValues()
    {
        Dictionary<string, string> own = new(values);
        foreach (string name in new[] { OptionHelp.Size, OptionHelp.BackingFile, OptionHelp.BackingFormat })
        {
            own.Remove(name);
        }

        if (Length is { } length)
        {
            own[OptionHelp.Size] = length.ToString(CultureInfo.InvariantCulture);
        }

        return own;
    }

    private string? ValueOf(OptionInfo option) => option.Name switch
    {
        OptionHelp.Size => Length?.ToString(CultureInfo.InvariantCulture),
        OptionHelp.BackingFile => Backing?.Name,
        OptionHelp.BackingFormat => Backing?.Format ?? values.GetValueOrDefault(option.Name),
        _ when !values.TryGetValue(option.Name, out string? text) => option.Initial,
        _ when option.TypeName == "<size>" && SizeText.TryParse(values[option.Name], out ulong size) =>
            size.ToString(CultureInfo.InvariantCulture),
        _ => values[option.Name],
    };
}
