namespace BlockGen.Fuzz;

/// <summary>Sound images to start from.</summary>
internal static class SeedImages
{
    private static readonly string[] s_numberOptions = ["cluster_size", "table_size", "block_size"];

    /// <summary>
    /// Images of a format: what it can create, empty and written to, with its sizes small; or what its structures are
    /// made of, where it can only be read.
    /// </summary>
    public static IEnumerable<byte[]> For(ImageFormat format) => format.CreateAsync is null
        ? ReadOnlySeeds.For(format.Name)
        : OptionSets(format).SelectMany(options => Create(format, options));

    private static IEnumerable<Dictionary<string, string>> OptionSets(ImageFormat format)
    {
        yield return new Dictionary<string, string> { ["size"] = "1048576" };
        string[] numbers = [.. format.CreateOptions.Select(option => option.Name).Intersect(s_numberOptions)];
        if (numbers.Length == 0)
        {
            yield break;
        }

        foreach (string size in (string[])["65536", "300032", "4194304"])
        {
            Dictionary<string, string> small = new() { ["size"] = size };
            foreach (string name in numbers)
            {
                small[name] = name == "table_size" ? "1" : "4096";
            }

            yield return small;
        }
    }

    private static IEnumerable<byte[]> Create(ImageFormat format, Dictionary<string, string> options)
    {
        yield return Make(format, options, isWritten: false);
        yield return Make(format, options, isWritten: true);
    }

    private static byte[] Make(ImageFormat format, Dictionary<string, string> options, bool isWritten)
    {
        MemoryStorage storage = new();
        MakeAsync(storage, format, options, isWritten).GetAwaiter().GetResult();
        return storage.ToArray();
    }

    private static async Task MakeAsync(
        MemoryStorage storage, ImageFormat format, Dictionary<string, string> options, bool isWritten)
    {
        await format.CreateAsync!(storage, options, null, CancellationToken.None);
        if (!isWritten)
        {
            return;
        }

        await using Image image = await new FormatRegistry([format])
            .OpenAsync(storage, format.Name, new OpenOptions(), CancellationToken.None);
        byte[] data = new byte[9000];
        new Random(1).NextBytes(data);
        await image.WriteAsync(new GuestOffset(0), data, CancellationToken.None);
        await image.WriteAsync(new GuestOffset(30_000), data, CancellationToken.None);
        GuestRange zeroes = new(16384, 8192);
        await image.WriteZeroesAsync(zeroes, ZeroMode.MayUnmap, CancellationToken.None);
    }
}
