namespace BlockGen.Tests.Copying;

public sealed class DirtyMapTests
{
    private const ulong Chunk = 64 << 10;

    /// <summary>The length of a disk may come from a hostile header.</summary>
    [Fact]
    public void A_disk_that_is_too_long_is_refused_before_memory_is_taken()
    {
        NotSupportedException refusal = Assert.Throws<NotSupportedException>(() => new DirtyMap(1UL << 62, Chunk));
        Assert.Contains($"{1UL << 62}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chunks_are_marked_and_cleared_as_a_whole()
    {
        DirtyMap map = new(100 * Chunk + 1, Chunk);
        map.Mark(new GuestRange(10 * Chunk + 5, 80 * Chunk));
        Assert.Equal(81 * Chunk, map.Bytes);
        Assert.Equal((new GuestRange(0, 10 * Chunk), false), map.FirstRun(new GuestRange(0, 100 * Chunk)));
        Assert.Equal(
            (new GuestRange(10 * Chunk, 81 * Chunk), true), map.FirstRun(new GuestRange(10 * Chunk, 90 * Chunk)));
        Assert.Equal(2 * Chunk, map.Clear(new GuestRange(70 * Chunk - 1, 2)));
        Assert.Equal(79 * Chunk, map.Bytes);
    }
}
