namespace BlockGen.Tests.Copying;

public sealed class ImageComparerTests
{
    private const ulong Cluster = 4096;
    private const int DiskBytes = 12 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    [InlineData(5_000_000)]
    [InlineData(DiskBytes - 3)]
    public async Task The_first_of_two_differences_is_found(int first)
    {
        (SparseImage left, SparseImage right) = Twins();
        await FlipAsync(right, first);
        await FlipAsync(right, DiskBytes - 1 - (DiskBytes - 1 - first) / 2);

        CompareResult result = await CompareAsync(left, right);

        Assert.Equal(
            new CompareResult(ImageDifference.Content, new GuestOffset((ulong)first), SizesDiffer: false), result);
    }

    [Fact]
    public async Task Different_allocation_of_the_same_content_is_equal()
    {
        (SparseImage left, SparseImage right) = Twins();
        right.Set(8 << 20, new byte[1 << 20]);
        right.SetZero(10 << 20);

        Assert.True((await CompareAsync(left, right)).IsEqual);
        Assert.Equal(
            new CompareResult(ImageDifference.Allocation, new GuestOffset(8 << 20), SizesDiffer: false),
            await CompareAsync(left, right, new CompareOptions { IsStrict = true }));
    }

    [Fact]
    public async Task A_difference_before_a_strict_one_comes_first()
    {
        (SparseImage left, SparseImage right) = Twins();
        await FlipAsync(right, 77);
        right.SetZero(8 << 20);

        CompareResult result = await CompareAsync(left, right, new CompareOptions { IsStrict = true });

        Assert.Equal(ImageDifference.Content, result.Difference);
    }

    [Fact]
    public async Task What_one_disk_has_more_must_be_zeroes()
    {
        (SparseImage left, _) = Twins();
        SparseImage longer = new(DiskBytes + Cluster + 100, Cluster);
        longer.Set(0, await Disks.ReadAllAsync(left));

        Assert.Equal(
            new CompareResult(ImageDifference.None, null, SizesDiffer: true), await CompareAsync(left, longer));
        Assert.Equal(
            ImageDifference.Size,
            (await CompareAsync(left, longer, new CompareOptions { IsStrict = true })).Difference);
        await FlipAsync(longer, DiskBytes + (int)Cluster + 99);
        Assert.Equal(new GuestOffset(DiskBytes + Cluster + 99), (await CompareAsync(longer, left)).Offset);
    }

    [Fact]
    public async Task Holes_of_both_are_passed_over_in_one_step()
    {
        const ulong terabyte = 1ul << 40;
        SparseImage left = new(terabyte, Cluster);
        SparseImage right = new(terabyte, Cluster);

        Assert.True((await CompareAsync(left, right)).IsEqual);
        Assert.Equal(1, left.MapCalls);
    }

    [Fact]
    public async Task A_read_error_is_thrown()
    {
        (SparseImage left, SparseImage right) = Twins();
        right.BeforeRead = (range, _) => range.Start.Value >= 2 << 20
            ? throw StorageErrors.InputOutput("right", "read")
            : ValueTask.CompletedTask;

        await Assert.ThrowsAsync<IOException>(() => CompareAsync(left, right));
    }

    private static Task<CompareResult> CompareAsync(Image left, Image right, CompareOptions? options = null) =>
        ImageComparer.CompareAsync(left, right, options ?? new CompareOptions(), CancellationToken.None);

    private static (SparseImage Left, SparseImage Right) Twins()
    {
        SparseImage left = new(DiskBytes, Cluster);
        SparseImage right = new(DiskBytes, Cluster);
        foreach (SparseImage image in (SparseImage[])[left, right])
        {
            image.Set(0, Disks.Bytes(1, 6 << 20));
            image.Set(11 << 20, Disks.Bytes(2, 1 << 20));
        }

        return (left, right);
    }

    private static async Task FlipAsync(SparseImage image, int offset)
    {
        byte[] one = new byte[1];
        await image.ReadAsync(new GuestOffset((ulong)offset), one, CancellationToken.None);
        image.Set((ulong)offset, [(byte)~one[0]]);
    }
}
