using System.Globalization;

namespace BlockGen.Cli;

/// <summary>What a command line of <c>convert</c> asks for.</summary>
internal sealed record ConvertPlan(
    IReadOnlyList<string> SourcePaths,
    ImageOpening SourceOpening,
    string TargetPath,
    bool TargetExists,
    bool TargetIsOptionList,
    CacheMode TargetCache,
    Dictionary<string, string> TargetValues,
    BackingLink? Backing,
    ConvertOptions Options)
{
    private const int MostCopies = 16;
    private const ulong SectorBytes = 512;
    private const ulong LargestSparseBytes = 16 << 20;

    /// <summary>The options that name the secrets of the new image, which opening it needs again.</summary>
    public Dictionary<string, string> TargetKeys => TargetValues
        .Where(value => value.Key.EndsWith("key-secret", StringComparison.Ordinal))
        .ToDictionary(value => value.Key, value => value.Value);

    public static ConvertPlan Read(CommandArguments line, ConvertSyntax syntax)
    {
        ConvertOptions options = ReadOptions(line, syntax);
        if (line.Operands.Count < 2)
        {
            throw new ToolException("Must specify image file name");
        }

        if (line.Has(syntax.SkipBrokenBitmaps) && !line.Has(syntax.Bitmaps))
        {
            throw new ToolException("Use of --skip-broken-bitmaps requires --bitmaps");
        }

        bool targetExists = line.Has(syntax.TargetExists);
        if (options.TargetIsZero && !targetExists)
        {
            throw new ToolException("--target-is-zero requires use of -n flag");
        }

        if (line.Has(syntax.TargetImageOptions) && !targetExists)
        {
            throw new ToolException("--target-image-opts requires use of -n flag");
        }

        Dictionary<string, string> values = OptionText.Parse(line.All(syntax.Options));
        if (targetExists && values.Count > 0)
        {
            throw new ToolException("-o has no effect when skipping image creation");
        }

        string[] sources = [.. line.Operands.SkipLast(1)];
        if (sources.Length > 1 && line.Has(syntax.Snapshot))
        {
            throw new ToolException("No support for concatenating multiple snapshot");
        }

        BackingLink? backing = targetExists ? null : ReadBacking(line, syntax, values);
        if (backing is not null && sources.Length > 1)
        {
            throw new ToolException(
                "Having a backing file for the target makes no sense when concatenating multiple input images");
        }

        return new ConvertPlan(
            sources,
            line.Opening with
            {
                Format = line.Last(syntax.Format),
                IgnoresLocks = line.Has(syntax.ForceShare),
                Snapshot = line.Last(syntax.Snapshot) is { } snapshot ? SnapshotText.Parse(snapshot) : null,
                Cache = CacheMode.Parse(line.Last(syntax.SourceCache), CacheMode.Writeback, "source cache"),
            },
            line.Operands[^1],
            targetExists,
            line.Has(syntax.TargetImageOptions),
            CacheMode.Parse(line.Last(syntax.TargetCache), CacheMode.Unsafe, "cache"),
            values,
            backing,
            options);
    }

    private static BackingLink? ReadBacking(
        CommandArguments line, ConvertSyntax syntax, Dictionary<string, string> values)
    {
        string? file = line.Last(syntax.Backing) ?? values.GetValueOrDefault(OptionHelp.BackingFile);
        string? format = line.Last(syntax.BackingFormat) ?? values.GetValueOrDefault(OptionHelp.BackingFormat);
        return file switch
        {
            null => null,
            _ when format is null => throw new ToolException("Use of backing file requires explicit backing format"),
            _ => new BackingLink(file, format),
        };
    }

    private static ConvertOptions ReadOptions(CommandArguments line, ConvertSyntax syntax)
    {
        string? sparse = line.Last(syntax.SparseBytes);
        if (line.Has(syntax.Offload) && (sparse is not null || line.Has(syntax.Compress)))
        {
            throw new ToolException(
                $"Cannot enable copy offloading when {(line.Has(syntax.Compress) ? "-c" : "-S")} is used");
        }

        if (line.Has(syntax.Offload) && line.Has(syntax.Salvage))
        {
            throw new ToolException("Cannot use copy offloading in salvaging mode");
        }

        ConvertOptions options = new()
        {
            OffloadCopies = line.Has(syntax.Offload),
            Compresses = line.Has(syntax.Compress),
            TargetIsZero = line.Has(syntax.TargetIsZero),
        };
        if (sparse is not null)
        {
            options = options with { SparseBytes = ReadSparseBytes(sparse) };
        }

        if (line.Last(syntax.Copies) is { } copies)
        {
            options = options with { MaxCopies = ReadCopies(copies) };
        }

        return line.Last(syntax.Rate) is { } rate
            ? options with { SpeedBytesPerSecond = Sizes.Parse("rate limit", rate) }
            : options;
    }

    private static ulong ReadSparseBytes(string text)
    {
        ulong bytes = Sizes.Parse("buffer size for sparse output", text);
        return bytes % SectorBytes == 0 && bytes <= LargestSparseBytes
            ? bytes
            : throw new ToolException(
                "Invalid buffer size for sparse output specified. Valid sizes are multiples of "
                + $"{SectorBytes} up to {LargestSparseBytes}. "
                + "Select 0 to disable sparse detection (fully allocates output).");
    }

    private static int ReadCopies(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int copies)
        && copies is >= 1 and <= MostCopies
            ? copies
            : throw new ToolException(
                $"Invalid number of coroutines. Allowed number of coroutines is between 1 and {MostCopies}");
}
