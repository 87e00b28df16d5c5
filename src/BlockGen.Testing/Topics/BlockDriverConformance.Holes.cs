namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>A new disk reads as zeroes, and reading it changes no byte of the file.</summary>
    [Fact]
    public Task Holes_a_new_disk_reads_as_zeroes_and_reading_takes_no_space() =>
        ForEachContentShapeAsync("[Create] and the Unallocated line of the leaf entry", async recipe =>
        {
            MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
            byte[] before = storage.ToArray();
            await UseAsync(recipe.OpenAsync(storage), async image =>
            {
                await image.ExpectContentAsync(new byte[DiskBytes]).ConfigureAwait(false);
                await image.ExpectSoundAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
            Assert.Equal(before, storage.ToArray());
        });

    /// <summary>Data between holes is mapped cluster by cluster, and the holes stay holes.</summary>
    [Fact]
    public Task Holes_stay_where_nothing_was_written() =>
        ForEachShapeAsync(LookupDeclaration, async recipe =>
        {
            MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
            byte[] bytes = ImageExpectations.RandomBytes(512, 1);
            int middle = DiskBytes / 2;
            await UseAsync(recipe.OpenAsync(storage), image => image.WriteAsync(middle, bytes).AsTask())
                .ConfigureAwait(false);
            await UseAsync(recipe.OpenAsync(storage), async image =>
            {
                ulong step = Math.Max(image.ClusterBytes, 512);
                ulong start = (ulong)middle / step * step;
                for (ulong at = 0; at < image.Length;)
                {
                    GuestRange rest = new(at, image.Length - at);
                    Extent extent = await image.MapAsync(rest, CancellationToken.None).ConfigureAwait(false);
                    Assert.True(extent.Range.Start.Value == at && extent.Length > 0, $"{rest} begins with {extent}");
                    bool isWritten = extent.Range.Start.Value < start + step && start < extent.Range.End;
                    Assert.True(
                        !isWritten || extent.Kind is MappingKind.Data,
                        $"{extent} was written and is not mapped as data");
                    Assert.True(
                        isWritten || image.ClusterBytes == 0 || !extent.IsAllocated,
                        $"{extent} was never written and is allocated");
                    at += extent.Length;
                }

                byte[] expected = new byte[DiskBytes];
                bytes.CopyTo(expected, middle);
                await image.ExpectContentAsync(expected).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });
}
