namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const string BackingDeclaration = "[BackingName], [BackingFormat], [BackingNameSpace] and [BackingLink]";

    /// <summary>An overlay over a backing image that is empty, shorter, not whole clusters long, or longer.</summary>
    [Fact]
    public Task Chains_an_overlay_shows_what_is_below_it_up_to_its_end() =>
        WhereItCanAsync(
            Format.HasBacking,
            BackingDeclaration,
            async recipe =>
            {
                int[] lengths = [0, DiskBytes / 3, DiskBytes / 2 + 1234, DiskBytes, DiskBytes + 70_077];
                foreach (int belowBytes in lengths)
                {
                    byte[] below = ImageExpectations.RandomBytes(belowBytes, belowBytes);
                    byte[] expected = new byte[DiskBytes];
                    below.AsSpan(0, Math.Min(DiskBytes, belowBytes)).CopyTo(expected);
                    MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes, ImageRecipe.LinkBelow)
                        .ConfigureAwait(false);
                    GuestModel model = new(expected, new Random(belowBytes), LongestRequest);
                    await RunRoundsAsync(() => recipe.OpenOverAsync(storage, below), model).ConfigureAwait(false);
                }
            },
            ExpectNoBackingAsync);

    /// <summary>A chain of three layers shows the topmost bytes; a middle layer hides what is below its end.</summary>
    [Fact]
    public Task Chains_of_three_layers_show_the_topmost_bytes() =>
        WhereItCanAsync(
            Format.HasBacking,
            BackingDeclaration,
            async recipe =>
            {
                int middleBytes = DiskBytes / 3 / 512 * 512;
                byte[] below = ImageExpectations.RandomBytes(DiskBytes, 1);
                byte[] expected = new byte[DiskBytes];
                below.AsSpan(0, middleBytes).CopyTo(expected);
                MemoryStorage top = new(name: "top");
                Dictionary<string, IStorage> files = new()
                {
                    ["base"] = new MemoryStorage(below, "base"),
                    ["middle"] = new MemoryStorage(name: "middle"),
                };
                await recipe.FormatAsync(files["middle"], (ulong)middleBytes, new BackingLink("base", "raw"))
                    .ConfigureAwait(false);
                await recipe.FormatAsync(top, (ulong)DiskBytes, new BackingLink("middle", Format.Name))
                    .ConfigureAwait(false);
                await WriteBothAsync(recipe.OpenChainAsync(files["middle"], files), expected, 1000)
                    .ConfigureAwait(false);
                await WriteBothAsync(recipe.OpenChainAsync(top, files), expected, DiskBytes / 2).ConfigureAwait(false);
                await UseAsync(recipe.OpenChainAsync(top, files), async image =>
                {
                    Assert.Equal(["top", "middle", "base"], image.Layers.Select(layer => layer.Storage.Name));
                    Assert.Equal([false, true, true], image.Layers.Select(layer => layer.IsReadOnly));
                    await image.ExpectContentAsync(expected).ConfigureAwait(false);
                    await image.ExpectSoundAsync().ConfigureAwait(false);
                }).ConfigureAwait(false);
            },
            ExpectNoBackingAsync);

    /// <summary>A backing link is found as it was written, and can be written anew and taken away.</summary>
    [Fact]
    public Task Chains_a_link_is_kept_rewritten_and_removed() =>
        WhereItCanAsync(
            Format.HasBacking,
            BackingDeclaration,
            async recipe =>
            {
                MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes, new BackingLink("first", "raw"))
                    .ConfigureAwait(false);
                OpenOptions alone = new() { OpenBacking = false };
                BackingLink?[] links =
                    [new("first", "raw"), new("another-with-a-longer-name", Format.Name), new("short", "raw"),
                     new("unknown", null), null];
                foreach (BackingLink? link in links)
                {
                    await UseAsync(
                        recipe.OpenAsync(storage, alone),
                        image => image.RewriteBackingLinkAsync(link, CancellationToken.None).AsTask())
                        .ConfigureAwait(false);
                    await UseAsync(recipe.OpenAsync(storage, alone), async image =>
                    {
                        Assert.True(link?.Name == image.BackingLink?.Name, $"{link} is read as {image.BackingLink}");

                        // A format that cannot say it may leave it open, and must not say another one.
                        Assert.True(
                            image.BackingLink?.Format is null || image.BackingLink.Format == link?.Format,
                            $"{link} is read as {image.BackingLink}");
                        await image.ExpectSoundAsync().ConfigureAwait(false);
                    }).ConfigureAwait(false);
                }
            },
            ExpectNoBackingAsync);

    private static async Task WriteBothAsync(Task<Image> opening, byte[] expected, int offset) =>
        await UseAsync(opening, image =>
        {
            ImageExpectations.RandomBytes(30_000, offset).CopyTo(expected, offset);
            return image.WriteAsync(offset, expected.AsMemory(offset, 30_000)).AsTask();
        }).ConfigureAwait(false);

    private async Task ExpectNoBackingAsync(ImageRecipe recipe)
    {
        const string refusal = "has no backing files";
        byte[] before = ImageExpectations.RandomBytes(5000, 1);
        MemoryStorage kept = new(before, "kept");
        NotSupportedException error = await Assert.ThrowsAsync<NotSupportedException>(
            () => recipe.FormatAsync(kept, (ulong)DiskBytes, ImageRecipe.LinkBelow)).ConfigureAwait(false);
        Assert.Contains(refusal, error.Message, StringComparison.Ordinal);
        Assert.True(kept.ToArray().AsSpan().SequenceEqual(before), "a creation that was refused wrote to the file");
        MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
        await UseAsync(recipe.OpenAsync(storage), async image =>
        {
            Assert.Null(image.BackingLink);
            error = await Assert.ThrowsAsync<NotSupportedException>(
                () => image.RewriteBackingLinkAsync(ImageRecipe.LinkBelow, CancellationToken.None).AsTask())
                .ConfigureAwait(false);
            Assert.Contains(refusal, error.Message, StringComparison.Ordinal);
            Assert.Throws<NotSupportedException>(() => image.StartRebase(new RebaseOptions()));
        }).ConfigureAwait(false);
    }
}
