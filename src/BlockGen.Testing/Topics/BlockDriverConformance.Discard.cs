namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>
    /// What is discarded reads as zeroes or as before, byte by byte, and stays so; the rest is left alone.
    /// </summary>
    [Fact]
    public Task Discard_leaves_zeroes_or_what_was_there() =>
        ForEachShapeAsync("the Zero line of the leaf entry", async recipe =>
        {
            (MemoryStorage storage, byte[] below) = await CreateOverAsync(recipe, DiskBytes, 1).ConfigureAwait(false);
            byte[] expected = [.. below];
            await UseAsync(recipe.OpenOverAsync(storage, below), async image =>
            {
                byte[] own = ImageExpectations.RandomBytes(DiskBytes / 2, 2);
                own.CopyTo(expected, 0);
                await image.WriteAsync(0, own).ConfigureAwait(false);
                foreach ((int offset, int length) in Ranges((int)image.ClusterBytes))
                {
                    await image.DiscardAsync(offset, length).ConfigureAwait(false);
                    byte[] found = await image.ReadAsync(offset, length).ConfigureAwait(false);
                    for (int i = 0; i < length; i++)
                    {
                        Assert.True(
                            found[i] == 0 || found[i] == expected[offset + i],
                            $"guest byte 0x{offset + i:x} was discarded, and is neither zero nor as before");
                    }

                    found.CopyTo(expected, offset);
                }

                await image.ExpectContentAsync(expected).ConfigureAwait(false);
                await image.ExpectSoundAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
            await ExpectKeptAsync(recipe.OpenOverAsync(storage, below), expected).ConfigureAwait(false);
        });
}
