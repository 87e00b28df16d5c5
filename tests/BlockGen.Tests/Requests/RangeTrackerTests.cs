namespace BlockGen.Tests.Requests;

public sealed class RangeTrackerTests
{
    private readonly RangeTracker _tracker = new();

    [Theory]
    [InlineData(RangeAccess.GuestWrite, RangeAccess.GuestWrite, true)]
    [InlineData(RangeAccess.GuestWrite, RangeAccess.Claim, false)]
    [InlineData(RangeAccess.Claim, RangeAccess.GuestWrite, false)]
    [InlineData(RangeAccess.Claim, RangeAccess.Claim, false)]
    public void Of_two_that_overlap_only_guest_writes_go_together(RangeAccess first, RangeAccess second, bool together)
    {
        Assert.True(_tracker.TryEnter(new GuestRange(0, 10), first, out RangeTicket one));

        Assert.Equal(together, _tracker.TryEnter(new GuestRange(9, 10), second, out RangeTicket other));

        one.Dispose();
        if (together)
        {
            other.Dispose();
        }

        Assert.Equal(0, _tracker.ActiveCount);
    }

    [Fact]
    public async Task Whoever_has_gone_or_given_up_obstructs_nobody()
    {
        using CancellationTokenSource cancel = new();
        RangeTicket write = await EnterAsync(0, 10, RangeAccess.GuestWrite);
        Assert.False(_tracker.IsObstructed);
        Assert.False(_tracker.TryEnter(new GuestRange(0, 10), RangeAccess.Claim, out _));
        Assert.False(_tracker.IsObstructed);
        Task<RangeTicket> givenUp = _tracker.EnterAsync(new GuestRange(0, 10), RangeAccess.Claim, cancel.Token).AsTask();
        Task<RangeTicket> late = EnterAsync(0, 10, RangeAccess.GuestWrite);
        Assert.True(_tracker.IsObstructed);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        (await late).Dispose();
        Assert.False(_tracker.IsObstructed);

        Task<RangeTicket> claim = EnterAsync(0, 10, RangeAccess.Claim);
        Assert.True(_tracker.IsObstructed);
        write.Dispose();
        RangeTicket claimed = await claim;
        Assert.True(_tracker.TryEnter(new GuestRange(20, 1), RangeAccess.GuestWrite, out RangeTicket beside));
        Assert.Equal(2, _tracker.ActiveCount);
        beside.Dispose();
        claimed.Dispose();
        Assert.False(_tracker.IsObstructed);
        Assert.Equal(0, _tracker.ActiveCount);
    }

    [Fact]
    public async Task A_second_claim_that_waits_opens_no_way_into_the_first()
    {
        RangeTicket claim = await EnterAsync(0, 10, RangeAccess.Claim);
        Task<RangeTicket> second = EnterAsync(0, 10, RangeAccess.Claim);

        Assert.False(_tracker.TryEnter(new GuestRange(5, 1), RangeAccess.GuestWrite, out _));

        claim.Dispose();
        (await second).Dispose();
        Assert.False(_tracker.IsObstructed);
    }

    [Fact]
    public void Neighbours_do_not_overlap()
    {
        Assert.True(_tracker.TryEnter(new GuestRange(0, 10), RangeAccess.Claim, out _));

        Assert.True(_tracker.TryEnter(new GuestRange(10, 10), RangeAccess.Claim, out _));
    }

    [Fact]
    public async Task A_guest_write_waits_for_the_claim_and_then_enters()
    {
        RangeTicket claim = await EnterAsync(0, 10, RangeAccess.Claim);
        Task<RangeTicket> write = EnterAsync(5, 1, RangeAccess.GuestWrite);
        Assert.False(write.IsCompleted);

        claim.Dispose();

        (await write).Dispose();
        Assert.Equal(0, _tracker.ActiveCount);
    }

    [Fact]
    public async Task Who_came_first_enters_first()
    {
        RangeTicket write = await EnterAsync(0, 10, RangeAccess.GuestWrite);
        Task<RangeTicket> claim = EnterAsync(0, 10, RangeAccess.Claim);
        Task<RangeTicket> laterWrite = EnterAsync(0, 10, RangeAccess.GuestWrite);

        // The later write would go together with the active one, and starve the claim.
        Assert.False(_tracker.TryEnter(new GuestRange(0, 10), RangeAccess.GuestWrite, out _));
        write.Dispose();
        RangeTicket admitted = await claim;
        Assert.False(laterWrite.IsCompleted);
        admitted.Dispose();
        (await laterWrite).Dispose();
    }

    [Fact]
    public async Task Who_waits_elsewhere_holds_nobody_up()
    {
        RangeTicket claim = await EnterAsync(0, 10, RangeAccess.Claim);
        Task<RangeTicket> waiting = EnterAsync(0, 10, RangeAccess.Claim);

        Assert.True(_tracker.TryEnter(new GuestRange(20, 10), RangeAccess.Claim, out RangeTicket elsewhere));

        elsewhere.Dispose();
        claim.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_makes_room_for_those_behind()
    {
        using CancellationTokenSource cancel = new();
        RangeTicket write = await EnterAsync(0, 10, RangeAccess.GuestWrite);
        Task<RangeTicket> claim = _tracker.EnterAsync(new GuestRange(0, 10), RangeAccess.Claim, cancel.Token).AsTask();
        Task<RangeTicket> laterWrite = EnterAsync(0, 10, RangeAccess.GuestWrite);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claim);
        (await laterWrite).Dispose();
        write.Dispose();
        Assert.Equal(0, _tracker.ActiveCount);
    }

    [Fact]
    public async Task A_wait_that_was_cancelled_before_it_began_leaves_nothing_behind()
    {
        RangeTicket claim = await EnterAsync(0, 10, RangeAccess.Claim);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _tracker
            .EnterAsync(new GuestRange(0, 10), RangeAccess.Claim, new CancellationToken(canceled: true)).AsTask());

        claim.Dispose();
        Assert.True(_tracker.TryEnter(new GuestRange(0, 10), RangeAccess.Claim, out _));
        Assert.Equal(1, _tracker.ActiveCount);
    }

    [Fact]
    public void Entering_and_leaving_without_a_conflict_allocates_nothing()
    {
        long allocated = long.MaxValue; // what entering allocates shows in every round
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            EnterAndLeave(1000);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task More_requests_than_there_are_places_at_first()
    {
        RangeTicket[] tickets = new RangeTicket[100];
        for (int i = 0; i < tickets.Length; i++)
        {
            tickets[i] = await EnterAsync((ulong)i * 10, 10, RangeAccess.Claim);
        }

        Task<RangeTicket> everywhere = EnterAsync(0, 1000, RangeAccess.Claim);
        foreach (RangeTicket ticket in tickets)
        {
            Assert.False(everywhere.IsCompleted);
            ticket.Dispose();
        }

        (await everywhere).Dispose();
    }

    /// <summary>
    /// Workers count who is inside, unit by unit; a wake-up that is lost leaves the test waiting for ever.
    /// </summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 40)]
    [InlineData(4, 40)]
    [InlineData(5, 400)]
    public async Task Under_load_claims_are_alone_and_everybody_gets_in(int seed, int requestsPerClaim)
    {
        const int units = 32;
        int[] inside = new int[units]; // guest writers count up by one, a claim by a thousand
        int violations = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            Random random = new(seed * 100 + worker);
            for (int i = 0; i < 500; i++)
            {
                int start = random.Next(units);
                int length = random.Next(1, units - start + 1);
                RangeAccess access = random.Next(requestsPerClaim) == 0 ? RangeAccess.Claim : RangeAccess.GuestWrite;
                int weight = access is RangeAccess.Claim ? 1000 : 1;
                using RangeTicket ticket = await EnterAsync((ulong)start, (ulong)length, access);
                for (int unit = start; unit < start + length; unit++)
                {
                    int now = Interlocked.Add(ref inside[unit], weight);
                    if (access is RangeAccess.Claim ? now != weight : now >= 1000)
                    {
                        Interlocked.Increment(ref violations);
                    }
                }

                await Task.Yield();
                for (int unit = start; unit < start + length; unit++)
                {
                    Interlocked.Add(ref inside[unit], -weight);
                }
            }
        })));

        Assert.Equal(0, violations);
        Assert.Equal(0, _tracker.ActiveCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Waits_that_are_cancelled_at_random_lose_no_wake_up(int seed)
    {
        int entered = 0;
        int cancelled = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            Random random = new(seed * 100 + worker);
            for (int i = 0; i < 300; i++)
            {
                using CancellationTokenSource cancel = new();
                Task<RangeTicket> enter = _tracker.EnterAsync(
                    new GuestRange((ulong)random.Next(4), 2), RangeAccess.Claim, cancel.Token).AsTask();
                if (random.Next(3) == 0)
                {
                    await cancel.CancelAsync();
                }

                try
                {
                    using RangeTicket ticket = await enter;
                    Interlocked.Increment(ref entered);
                    await Task.Yield();
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
        })));

        Assert.Equal(8 * 300, entered + cancelled);
        Assert.NotEqual(0, entered);
        Assert.Equal(0, _tracker.ActiveCount);
    }

    private Task<RangeTicket> EnterAsync(ulong start, ulong length, RangeAccess access) =>
        _tracker.EnterAsync(new GuestRange(start, length), access, CancellationToken.None).AsTask();

    private void EnterAndLeave(int times)
    {
        for (int i = 0; i < times; i++)
        {
            GuestRange range = new((ulong)i, 1);
            ValueTask<RangeTicket> enter = _tracker.EnterAsync(range, RangeAccess.GuestWrite, CancellationToken.None);
            if (!enter.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("nobody was there to wait for");
            }

            enter.Result.Dispose();
            _tracker.TryEnter(range, RangeAccess.Claim, out RangeTicket claim);
            claim.Dispose();
        }
    }
}
