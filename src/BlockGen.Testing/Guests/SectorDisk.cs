namespace BlockGen.Testing;

/// <summary>
/// A new image of numbered sectors, and what they may hold: an overlay over a full backing image where the format has
/// backing images, and an empty disk where it has none.
/// </summary>
internal sealed class SectorDisk
{
    private readonly byte[] _below;

    private SectorDisk(ImageRecipe recipe, byte[] below, SectorModel model, MemoryStorage storage)
    {
        (Recipe, _below, Model, Storage) = (recipe, below, model, storage);
    }

    public ImageRecipe Recipe { get; }

    public SectorModel Model { get; }

    public MemoryStorage Storage { get; }

    public int DiskBytes => Model.SectorCount * SectorModel.SectorBytes;

    public static async Task<SectorDisk> CreateAsync(ImageRecipe recipe, int diskBytes)
    {
        bool isOverlay = recipe.Format.HasBacking;
        int sectorCount = diskBytes / SectorModel.SectorBytes;
        uint[] initial = [.. Enumerable.Range(0, sectorCount).Select(i => isOverlay ? 0x8000_0000 + (uint)i : 0)];
        byte[] below = [.. initial.SelectMany(value => SectorModel.Fill(value, 1))];
        MemoryStorage storage = await recipe.CreateAsync((ulong)diskBytes, isOverlay ? ImageRecipe.LinkBelow : null)
            .ConfigureAwait(false);
        return new SectorDisk(recipe, below, new SectorModel(initial), storage);
    }

    public Task<Image> OpenAsync(IStorage storage, CancellationToken cancellation = default) =>
        Recipe.OpenOverAsync(storage, _below, cancellation: cancellation);

    /// <summary>The disk must hold one of the contents that are possible when nothing was lost.</summary>
    public void Expect(byte[] content, string when)
    {
        string? problem = Model.FindImpossible(content, int.MaxValue, mayLose: false);
        Assert.True(problem is null, $"{when}: {problem}");
    }
}
