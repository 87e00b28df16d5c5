namespace BlockGen.Drivers.Tests.Requests;

/// <summary>Ranges of no bytes are ranges, also on disks of no bytes.</summary>
public sealed class EmptyRangeTests
{
    [Theory]
    [InlineData("raw", 0)]
    [InlineData("qed", 0)]
    [InlineData("vdi", 0)]
    [InlineData("parallels", 0)]
    [InlineData("raw", 1 << 20)]
    [InlineData("qed", 1 << 20)]
    [InlineData("vdi", 1 << 20)]
    [InlineData("parallels", 1 << 20)]
    public async Task An_empty_range_maps_to_an_empty_extent(string format, ulong size)
    {
        await using Image image = await MemoryDisk.OpenAsync(
            await MemoryDisk.CreateAsync(format, $"size={size}"), format);
        foreach (ulong start in (ulong[])[0, size / 2, size])
        {
            GuestRange range = new(start, 0);

            Assert.Equal(range, (await image.MapAsync(range, CancellationToken.None)).Range);
            Assert.Equal(0ul, (await image.IsAllocatedAsync(range, CancellationToken.None)).Length);
        }
    }
}
