namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>Zeroes hide data, holes and the backing image, in either mode, cluster or not.</summary>
    [Fact]
    public Task Zeroes_hide_whatever_was_there() =>
        ForEachShapeAsync("the Zero line of the leaf entry", async recipe =>
        {
            foreach (ZeroMode mode in Enum.GetValues<ZeroMode>())
            {
                (MemoryStorage storage, byte[] below) = await CreateOverAsync(recipe, DiskBytes, 1)
                    .ConfigureAwait(false);
                byte[] expected = [.. below];
                await UseAsync(recipe.OpenOverAsync(storage, below), async image =>
                {
                    ImageExpectations.RandomBytes(DiskBytes / 2, 2).CopyTo(expected, DiskBytes / 4);
                    await image.WriteAsync(DiskBytes / 4, expected.AsMemory(DiskBytes / 4, DiskBytes / 2))
                        .ConfigureAwait(false);
                    foreach ((int offset, int length) in Ranges((int)image.ClusterBytes))
                    {
                        await image.ZeroAsync(offset, length, mode).ConfigureAwait(false);
                        expected.AsSpan(offset, length).Clear();
                    }

                    await image.ExpectContentAsync(expected).ConfigureAwait(false);
                    await image.ExpectSoundAsync().ConfigureAwait(false);
                }).ConfigureAwait(false);
                await ExpectKeptAsync(recipe.OpenOverAsync(storage, below), expected).ConfigureAwait(false);
            }
        });

    /// <summary>What was zeroed takes new data, and shows nothing old around it.</summary>
    [Fact]
    public Task Zeroes_stay_around_what_is_written_into_them() =>
        ForEachShapeAsync("the Zero line of the leaf entry", async recipe =>
        {
            (MemoryStorage storage, byte[] below) = await CreateOverAsync(recipe, DiskBytes, 1).ConfigureAwait(false);
            byte[] expected = new byte[DiskBytes];
            await UseAsync(recipe.OpenOverAsync(storage, below), async image =>
            {
                await image.WriteAsync(0, ImageExpectations.RandomBytes(DiskBytes / 2, 2)).ConfigureAwait(false);
                await image.ZeroAsync(0, DiskBytes).ConfigureAwait(false);
                await image.FlushAsync().ConfigureAwait(false);
                foreach (int offset in (int[])[77, DiskBytes / 2 + 1000, DiskBytes - 3000])
                {
                    ImageExpectations.RandomBytes(1001, offset).CopyTo(expected, offset);
                    await image.WriteAsync(offset, expected.AsMemory(offset, 1001)).ConfigureAwait(false);
                }

                await image.ExpectContentAsync(expected).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await UseAsync(recipe.OpenOverAsync(storage, below), again => again.ExpectContentAsync(expected))
                .ConfigureAwait(false);
        });

    /// <summary>Whole clusters, parts of them, and several: over data and over what was never written.</summary>
    private IEnumerable<(int Offset, int Length)> Ranges(int clusterBytes)
    {
        int unit = Math.Max(clusterBytes, 4096);
        yield return (1, 100);
        yield return (DiskBytes / 4 / unit * unit, Math.Min(2 * unit, DiskBytes / 4));
        yield return (DiskBytes / 2 + 511, unit + 2);
        yield return (DiskBytes - 4000, 4000);
        yield return (DiskBytes / 8, DiskBytes / 16 + 3);
    }
}
