namespace BlockGen.Testing;

/// <summary>An image that is to grow, and what it holds before and afterwards.</summary>
internal sealed class ResizedDisk
{
    private readonly ImageRecipe _recipe;
    private readonly byte[] _below;
    private readonly int _before;

    private ResizedDisk(ImageRecipe recipe, byte[] below, int before, MemoryStorage storage, byte[] expected)
    {
        (_recipe, _below, _before, Storage, Expected) = (recipe, below, before, storage, expected);
    }

    public MemoryStorage Storage { get; }

    /// <summary>The content at its larger size; what it gains is zero.</summary>
    public byte[] Expected { get; }

    public static async Task<ResizedDisk> CreateAsync(ImageRecipe recipe, int before, int after)
    {
        bool isOverlay = recipe.Format.HasBacking;
        byte[] below = isOverlay ? ImageExpectations.RandomBytes(after, 1) : [];
        byte[] expected = new byte[after];
        below.AsSpan(0, isOverlay ? before : 0).CopyTo(expected);
        int written = before - 300_000;
        ImageExpectations.RandomBytes(3000, 2).CopyTo(expected, written);
        MemoryStorage storage = await recipe.CreateAsync((ulong)before, isOverlay ? ImageRecipe.LinkBelow : null)
            .ConfigureAwait(false);
        ResizedDisk disk = new(recipe, below, before, storage, expected);
        Image image = await disk.OpenAsync(storage).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            await image.WriteAsync(written, expected.AsMemory(written, 3000)).ConfigureAwait(false);
        }

        return disk;
    }

    public Task<Image> OpenAsync(IStorage storage) => _recipe.OpenOverAsync(storage, _below);

    /// <summary>The disk has one of its sizes, returned, and is sound.</summary>
    public async Task<ulong> ExpectEitherLengthAsync(MemoryStorage storage)
    {
        Image image = await OpenAsync(storage).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            await image.ExpectSoundAsync(mayLeak: true).ConfigureAwait(false);
            Assert.Contains(image.Length, new[] { (ulong)_before, (ulong)Expected.Length });
            await image.ExpectContentAsync(Expected[..(int)image.Length]).ConfigureAwait(false);
            return image.Length;
        }
    }

    /// <summary>Grows a disk with one failing request; false when it had grown before that request.</summary>
    public static async Task<bool> FailAsync(ImageRecipe recipe, int before, int after, long failing)
    {
        ResizedDisk disk = await CreateAsync(recipe, before, after).ConfigureAwait(false);
        FaultStorage storage = new(disk.Storage);
        bool wasHit = false;
        Image image = await disk.OpenAsync(storage).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            long left = failing;
            storage.Rule = _ => left-- == 0 ? (wasHit = true, Fault.InputOutput).InputOutput : null;
            bool isDone = await TryResizeAsync(image, after).ConfigureAwait(false);
            storage.Rule = null;
            Assert.True(wasHit != isDone, $"request {failing} failed, and the resizing did not");
            if (!isDone)
            {
                Assert.Equal((ulong)before, image.Length);
                image.ExpectIdle();
                await image.ExpectContentAsync(disk.Expected[..before]).ConfigureAwait(false);
                Assert.True(await TryResizeAsync(image, after).ConfigureAwait(false));
            }

            await image.ExpectContentAsync(disk.Expected).ConfigureAwait(false);
        }

        Assert.Equal((ulong)after, await disk.ExpectEitherLengthAsync(disk.Storage).ConfigureAwait(false));
        return wasHit;
    }

    private static async Task<bool> TryResizeAsync(Image image, int length)
    {
        try
        {
            await image.ResizeAsync((ulong)length, Preallocation.Off, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (IOException error)
        {
            Assert.Contains(MishapStorage.Mark, error.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
