using System.Globalization;

namespace BlockGen.Testing;

/// <summary>A format, and the options with which images of it are created: makes and opens them in memory.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="format">The format.</param>
/// <param name="options">
/// Options as <c>-o</c> takes them: <c>name=value</c> with commas between.
/// </param>
/// <param name="backing">Formats that its backing images may have beside its own and raw.</param>
public sealed class ImageRecipe(ImageFormat format, string options = "", params IEnumerable<ImageFormat> backing)
{
    private const string SizeOption = "size";

    private readonly FormatRegistry _formats = new(
        new[] { format }.Concat(backing).Append(PlainDisk.Format).DistinctBy(known => known.Name));

    /// <summary>The format.</summary>
    public ImageFormat Format { get; } = format;

    /// <summary>The options.</summary>
    public string Options { get; } = options;

    /// <summary>The link to a backing image that <see cref="OpenOverAsync"/> puts behind an overlay.</summary>
    public static BackingLink LinkBelow { get; } = new("below", PlainDisk.Format.Name);

    /// <summary>Makes an image on a storage of its own, named <c>disk.FORMAT</c>.</summary>
    /// <param name="diskBytes">Bytes of the guest's disk; null where the options say it.</param>
    /// <param name="link">The backing link to write; null for none.</param>
    public async Task<MemoryStorage> CreateAsync(ulong? diskBytes, BackingLink? link = null)
    {
        MemoryStorage storage = new(name: $"disk.{Format.Name}");
        await FormatAsync(storage, diskBytes, link).ConfigureAwait(false);
        return storage;
    }

    /// <summary>Makes an image of a storage.</summary>
    /// <param name="storage">Becomes the image. Stays the caller's.</param>
    /// <param name="diskBytes">Bytes of the guest's disk; null where the options say it.</param>
    /// <param name="link">The backing link to write; null for none.</param>
    /// <exception cref="NotSupportedException">The format declares no <c>[Create]</c>.</exception>
    public async Task FormatAsync(IStorage storage, ulong? diskBytes, BackingLink? link = null)
    {
        if (Format.CreateAsync is not { } create)
        {
            throw new NotSupportedException(
                $"format '{Format.Name}' declares no [Create] method, and the kit tests images that it has created");
        }

        Dictionary<string, string> values = Options.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        if (diskBytes is { } size)
        {
            values[SizeOption] = size.ToString(CultureInfo.InvariantCulture);
        }

        await create(storage, values, link, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Opens an image. It owns the storage.</summary>
    public Task<Image> OpenAsync(
        IStorage storage, OpenOptions? options = null, CancellationToken cancellation = default) =>
        _formats.OpenAsync(storage, Format.Name, options ?? new OpenOptions(), cancellation).AsTask();

    /// <summary>Opens an image over a raw backing image that holds these bytes, if it names one.</summary>
    public Task<Image> OpenOverAsync(
        IStorage overlay, byte[] below, OpenOptions? options = null, CancellationToken cancellation = default)
    {
        OpenOptions over = (options ?? new OpenOptions()) with
        {
            ProbeBacking = true,
            Gate = (_, _, _) => ValueTask.FromResult<IStorage>(new MemoryStorage(below, LinkBelow.Name)),
        };
        return OpenAsync(overlay, over, cancellation);
    }

    /// <summary>Opens an image whose backing images are found by the names that the layers above them give.</summary>
    public Task<Image> OpenChainAsync(
        IStorage top, IReadOnlyDictionary<string, IStorage> backing, OpenOptions? options = null) =>
        OpenAsync(top, (options ?? new OpenOptions()) with
        {
            ProbeBacking = true,
            Gate = (link, _, _) => ValueTask.FromResult(backing[link.Name]),
        });

    /// <inheritdoc/>
    public override string ToString() =>
        Options.Length == 0 ? $"format '{Format.Name}'" : $"format '{Format.Name}' ({Options})";
}
