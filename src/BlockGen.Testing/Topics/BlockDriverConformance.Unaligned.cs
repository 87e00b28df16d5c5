namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>Requests that begin or end one byte beside a boundary change nothing else.</summary>
    [Fact]
    public Task Unaligned_requests_change_nothing_beside_them() =>
        ForEachShapeAsync("[ClusterSize]", async recipe =>
        {
            int diskBytes = DiskBytes + 512;
            (MemoryStorage storage, byte[] expected) = await CreateOverAsync(recipe, diskBytes, 1)
                .ConfigureAwait(false);
            byte[] below = [.. expected];
            await UseAsync(recipe.OpenOverAsync(storage, below), async image =>
            {
                int seed = 0;
                foreach ((int offset, int length) in RequestsAtBoundaries(diskBytes, (int)image.ClusterBytes))
                {
                    ImageExpectations.RandomBytes(length, ++seed).CopyTo(expected, offset);
                    await image.WriteAsync(offset, expected.AsMemory(offset, length)).ConfigureAwait(false);
                    int before = Math.Max(0, offset - 2);
                    int after = Math.Min(diskBytes, offset + length + 2);
                    await image.ExpectBytesAsync(before, expected.AsMemory(before..after)).ConfigureAwait(false);
                }

                await image.ExpectContentAsync(expected).ConfigureAwait(false);
                await image.ExpectSoundAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
            await UseAsync(recipe.OpenOverAsync(storage, below), again => again.ExpectContentAsync(expected))
                .ConfigureAwait(false);
        });

    /// <summary>The last cluster of a disk that ends inside it holds what is written, and no more is there.</summary>
    [Fact]
    public Task Unaligned_the_last_cluster_ends_where_the_disk_does() =>
        ForEachShapeAsync("[GuestSize]", async recipe =>
        {
            int diskBytes = DiskBytes + 1536;
            MemoryStorage storage = await recipe.CreateAsync((ulong)diskBytes).ConfigureAwait(false);
            byte[] expected = new byte[diskBytes];
            ImageExpectations.RandomBytes(1536, 1).CopyTo(expected, DiskBytes);
            await UseAsync(recipe.OpenAsync(storage), async image =>
            {
                Assert.Equal((ulong)diskBytes, image.Length);
                await image.WriteAsync(DiskBytes, expected.AsMemory(DiskBytes)).ConfigureAwait(false);
                await RefusedAsync(image, () => image.WriteAsync(diskBytes - 1, new byte[2])).ConfigureAwait(false);
                await image.ExpectContentAsync(expected).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await ExpectKeptAsync(recipe.OpenAsync(storage), expected).ConfigureAwait(false);
        });

    private static IEnumerable<(int Offset, int Length)> RequestsAtBoundaries(int diskBytes, int clusterBytes)
    {
        foreach (int unit in new[] { 512, 4096, Math.Max(clusterBytes, 512) }.Distinct())
        {
            int[] boundaries = [unit, diskBytes / 2 / unit * unit, (diskBytes - 1) / unit * unit];
            foreach (int boundary in boundaries.Where(boundary => boundary > 1 && boundary + 2 < diskBytes).Distinct())
            {
                yield return (boundary - 1, 1);
                yield return (boundary - 1, 2);
                yield return (boundary, 1);
                yield return (boundary + 1, 1);
                int length = Math.Min(unit + 2, diskBytes - boundary + 1);
                yield return (boundary - 1, length);
            }
        }

        yield return (diskBytes - 1, 1);
        yield return (0, 1);
    }

    private static async Task RefusedAsync(Image image, Func<ValueTask> request)
    {
        ArgumentOutOfRangeException error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => request().AsTask()).ConfigureAwait(false);
        Assert.Contains(image.Storage.Name, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{image.Length} bytes", error.Message, StringComparison.Ordinal);
    }
}
