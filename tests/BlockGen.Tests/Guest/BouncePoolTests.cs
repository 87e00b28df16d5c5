using System.Runtime.InteropServices;

namespace BlockGen.Tests.Guest;

public sealed class BouncePoolTests
{
    [Fact]
    public void A_buffer_is_as_long_as_asked_and_aligned()
    {
        using BouncePool pool = new(1 << 20);

        using BounceBuffer? buffer = pool.TryRent(5000);

        Assert.NotNull(buffer);
        Assert.Equal(5000, buffer.Length);
        Assert.Equal(5000, buffer.Memory.Length);
        Assert.True(MemoryMarshal.TryGetArray(buffer.Memory, out ArraySegment<byte> pinned));
        Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(pinned.Array!, pinned.Offset) % 4096);
    }

    [Fact]
    public void When_there_is_no_room_nothing_is_rented()
    {
        using BouncePool pool = new(8192);
        using BounceBuffer? all = pool.TryRent(8192);

        Assert.Null(pool.TryRent(1));

        all!.Dispose();
        using BounceBuffer? again = pool.TryRent(1);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task More_than_the_whole_pool_is_refused_and_not_waited_for()
    {
        using BouncePool pool = new(8192);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => pool.RentAsync(8193, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Waiting_is_first_come_first_served()
    {
        using BouncePool pool = new(8192);
        BounceBuffer all = await pool.RentAsync(8192, CancellationToken.None);
        Task<BounceBuffer> large = pool.RentAsync(8192, CancellationToken.None).AsTask();
        Task<BounceBuffer> small = pool.RentAsync(4096, CancellationToken.None).AsTask();

        all.Dispose();
        BounceBuffer first = await large;

        Assert.False(small.IsCompleted);
        Assert.Null(pool.TryRent(1));
        first.Dispose();
        (await small).Dispose();
    }

    [Fact]
    public async Task A_small_request_does_not_overtake_a_large_one_that_waits()
    {
        using BouncePool pool = new(8192);
        using BounceBuffer half = await pool.RentAsync(4096, CancellationToken.None);
        Task<BounceBuffer> large = pool.RentAsync(8192, CancellationToken.None).AsTask();

        Assert.Null(pool.TryRent(4096));

        half.Dispose();
        (await large).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_makes_room_for_those_behind()
    {
        using BouncePool pool = new(8192);
        using CancellationTokenSource cancel = new();
        using BounceBuffer half = await pool.RentAsync(4096, CancellationToken.None);
        Task<BounceBuffer> large = pool.RentAsync(8192, cancel.Token).AsTask();
        Task<BounceBuffer> small = pool.RentAsync(4096, CancellationToken.None).AsTask();
        Assert.False(small.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await small).Dispose();
    }

    [Fact]
    public void A_buffer_given_back_twice_counts_once()
    {
        using BouncePool pool = new(8192);
        BounceBuffer buffer = pool.TryRent(4096)!;

        buffer.Dispose();
        buffer.Dispose();

        Assert.Equal(0ul, pool.RentedBytes);
        Assert.Throws<ObjectDisposedException>(() => buffer.Memory);
    }

    [Fact]
    public async Task Waiters_are_served_also_after_the_pool_was_disposed()
    {
        BouncePool pool = new(8192);
        BounceBuffer all = await pool.RentAsync(8192, CancellationToken.None);
        Task<BounceBuffer> waiting = pool.RentAsync(8192, CancellationToken.None).AsTask();

        pool.Dispose();
        all.Dispose();

        (await waiting).Dispose();
        Assert.Equal(0ul, pool.RentedBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_bound_holds_under_load(int seed)
    {
        const int capacity = 64 << 10;
        using BouncePool pool = new(capacity);
        long inUse = 0;
        long most = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            Random random = new(seed * 100 + worker);
            for (int i = 0; i < 200; i++)
            {
                int length = random.Next(1, capacity + 1);
                using BounceBuffer buffer = await pool.RentAsync(length, CancellationToken.None);
                long now = Interlocked.Add(ref inUse, length);
                for (long seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
                {
                    Interlocked.CompareExchange(ref most, now, seen);
                }

                // Nobody else writes into memory that is rented.
                buffer.Memory.Span.Fill((byte)worker);
                await Task.Yield();
                Assert.False(buffer.Memory.Span.ContainsAnyExcept((byte)worker));
                Interlocked.Add(ref inUse, -length);
            }
        })));

        Assert.InRange(most, 1, capacity);
        Assert.Equal(0ul, pool.RentedBytes);
    }
}
