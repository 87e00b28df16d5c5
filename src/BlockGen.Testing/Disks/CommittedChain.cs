namespace BlockGen.Testing;

/// <summary>
/// An overlay over a base in the tested format, to commit the one to the other. The overlay has that format too where
/// it has backing images.
/// </summary>
internal sealed class CommittedChain
{
    private const string BaseName = "base";

    private readonly ImageRecipe _recipe;
    private readonly ImageRecipe _overlay;

    private CommittedChain(ImageRecipe recipe, ImageRecipe overlay, byte[] expected)
    {
        (_recipe, _overlay, Expected) = (recipe, overlay, expected);
    }

    public MemoryStorage Base { get; } = new(name: BaseName);

    public MemoryStorage Top { get; } = new(name: "top");

    /// <summary>What a guest of the overlay reads.</summary>
    public byte[] Expected { get; }

    public static async Task<CommittedChain> CreateAsync(ImageRecipe recipe, int diskBytes, int seed)
    {
        ImageRecipe overlay = recipe.Format.HasBacking
            ? recipe
            : new ImageRecipe(OverlayDisk.Format, "", recipe.Format);
        CommittedChain chain = new(recipe, overlay, ImageExpectations.RandomBytes(diskBytes, seed));
        await recipe.FormatAsync(chain.Base, (ulong)diskBytes).ConfigureAwait(false);
        await overlay.FormatAsync(chain.Top, (ulong)diskBytes, new BackingLink(BaseName, recipe.Format.Name))
            .ConfigureAwait(false);
        int written = diskBytes / 2;
        chain.Expected.AsSpan(written).Clear();
        Image below = await recipe.OpenAsync(chain.Base).ConfigureAwait(false);
        await using (below.ConfigureAwait(false))
        {
            await below.WriteAsync(0, chain.Expected.AsMemory(0, written)).ConfigureAwait(false);
        }

        Image image = await chain.OpenAsync(chain.Base).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            await chain.ChangeAsync(image, new Random(seed), 12).ConfigureAwait(false);
        }

        return chain;
    }

    public Task<Image> OpenAsync(IStorage below) => _overlay.OpenChainAsync(
        Top,
        new Dictionary<string, IStorage> { [BaseName] = below },
        new OpenOptions { WritableBacking = _ => true });

    public Task WriteMeanwhileAsync(Image image) => ChangeAsync(image, new Random(7), 40);

    /// <summary>The base alone reads as the chain.</summary>
    public async Task ExpectCommittedAsync(IStorage storage)
    {
        Image alone = await _recipe.OpenAsync(storage).ConfigureAwait(false);
        await using (alone.ConfigureAwait(false))
        {
            await alone.ExpectContentAsync(Expected).ConfigureAwait(false);
            await alone.ExpectSoundAsync(mayLeak: true).ConfigureAwait(false);
        }
    }

    private async Task ChangeAsync(Image image, Random random, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int length = random.Next(1, 100_000);
            int offset = random.Next(Expected.Length - length);
            if (i % 4 == 3)
            {
                Expected.AsSpan(offset, length).Clear();
                await image.ZeroAsync(offset, length).ConfigureAwait(false);
                continue;
            }

            random.NextBytes(Expected.AsSpan(offset, length));
            await image.WriteAsync(offset, Expected.AsMemory(offset, length)).ConfigureAwait(false);
        }
    }
}
