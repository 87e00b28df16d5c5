namespace BlockGen.Tests.Tables;

public sealed class TableCacheTests
{
    private readonly CachedTables _tables = new();

    [Fact]
    public async Task A_page_is_read_once()
    {
        TablePage first = await _tables.GetAsync(3);

        Assert.Equal(3UL, CachedTables.NumberIn(first));
        Assert.Same(first, await _tables.GetAsync(3));
        Assert.True(_tables.IsResident(3));
        Assert.False(_tables.IsResident(4));
        Assert.Equal(1, _tables.Reads);
        Assert.Equal((ulong)CachedTables.PageBytes, _tables.Cache.ResidentBytes);
    }

    [Fact]
    public async Task Pages_that_share_a_hint_are_told_apart()
    {
        CachedTables many = new(pageCount: 1024);

        // Far more pages than there is room for, so that hints are stale and collide.
        for (int first = 0; first < 1024; first += CachedTables.CapacityPages)
        {
            int[] pages = [.. Enumerable.Range(first, CachedTables.CapacityPages)];
            foreach (int page in pages)
            {
                Assert.Equal((ulong)page, CachedTables.NumberIn(await many.GetAsync(page)));
            }

            Assert.All(pages, page => Assert.True(many.IsResident(page)));
        }
    }

    [Fact]
    public async Task No_more_is_kept_than_there_is_room_for()
    {
        await _tables.LoadAsync(Enumerable.Range(0, CachedTables.CapacityPages));
        Assert.Equal(_tables.Cache.CapacityBytes, _tables.Cache.ResidentBytes);
        Assert.All(Enumerable.Range(0, CachedTables.CapacityPages), page => Assert.True(_tables.IsResident(page)));

        await _tables.GetAsync(CachedTables.CapacityPages);

        Assert.Equal(_tables.Cache.CapacityBytes, _tables.Cache.ResidentBytes);
        Assert.True(_tables.IsResident(CachedTables.CapacityPages));
        Assert.Equal(CachedTables.CapacityPages, _tables.Reads - 1);
    }

    [Fact]
    public async Task What_was_used_lately_stays_longer()
    {
        await _tables.LoadAsync(Enumerable.Range(0, CachedTables.CapacityPages + 1));
        int oldest = Enumerable.Range(0, CachedTables.CapacityPages).First(_tables.IsResident);

        // All marks of recent use are gone but this one's, which that look has just given it.
        for (int page = 20; page < 30; page++)
        {
            await _tables.GetAsync(page);
        }

        Assert.True(_tables.IsResident(oldest));
        Assert.False(_tables.IsResident(oldest + 1));
    }

    [Fact]
    public async Task A_page_larger_than_the_cache_is_kept_until_the_next()
    {
        const int large = 2 << 20;
        await _tables.GetAsync(0, large);
        Assert.Equal((ulong)large, _tables.Cache.ResidentBytes);

        await _tables.GetAsync(40);

        Assert.Equal((ulong)CachedTables.PageBytes, _tables.Cache.ResidentBytes);
        Assert.False(_tables.IsResident(0));
    }

    [Fact]
    public async Task Changed_pages_stay_until_they_are_written()
    {
        await _tables.ChangeAsync(0, 8, 77);
        Assert.True(_tables.Cache.IsDirty);
        await _tables.LoadAsync(Enumerable.Range(1, 40));
        Assert.True(_tables.IsResident(0));
        Assert.Equal(0UL, _tables.NumberOnDisk(0, 8));

        await _tables.WriteBackAsync();
        Assert.False(_tables.Cache.IsDirty);
        Assert.Equal(77UL, _tables.NumberOnDisk(0, 8));
        await _tables.LoadAsync(Enumerable.Range(1, 40));

        Assert.False(_tables.IsResident(0));
        Assert.Equal(77UL, CachedTables.NumberIn(await _tables.GetAsync(0), 8));
    }

    [Fact]
    public async Task A_page_that_was_evicted_cannot_be_changed()
    {
        TablePage page = await _tables.GetAsync(0);
        await _tables.LoadAsync(Enumerable.Range(1, 40));

        Assert.False(_tables.TryChange(page, 8, 77));

        Assert.False(_tables.Cache.IsDirty);
        Assert.Equal(0UL, CachedTables.NumberIn(page, 8));
    }

    [Fact]
    public async Task Clearing_forgets_every_page()
    {
        await _tables.LoadAsync(Enumerable.Range(0, 3));

        _tables.Cache.Clear();

        Assert.Equal(0UL, _tables.Cache.ResidentBytes);
        Assert.All(Enumerable.Range(0, 3), page => Assert.False(_tables.IsResident(page)));
        _tables.Memory.Store(0, BitConverter.GetBytes(55UL));
        Assert.Equal(55UL, CachedTables.NumberIn(await _tables.GetAsync(0)));
    }

    [Fact]
    public async Task Many_changes_ask_to_be_written()
    {
        int quarter = CachedTables.CapacityPages / 4;
        for (int page = 0; page < quarter; page++)
        {
            await _tables.ChangeAsync(page, 8, 1);
            Assert.False(_tables.Cache.ShouldWriteBack);
        }

        await _tables.ChangeAsync(quarter, 8, 1);
        Assert.True(_tables.Cache.ShouldWriteBack);
        await _tables.WriteBackAsync();

        Assert.False(_tables.Cache.ShouldWriteBack);
    }

    [Fact]
    public async Task More_changes_than_there_is_room_for_are_kept_and_then_go()
    {
        int count = CachedTables.CapacityPages + 4;
        for (int page = 0; page < count; page++)
        {
            await _tables.ChangeAsync(page, 8, (ulong)page + 100);
        }

        Assert.Equal((ulong)count * CachedTables.PageBytes, _tables.Cache.ResidentBytes);
        await _tables.WriteBackAsync();

        Assert.Equal(_tables.Cache.CapacityBytes, _tables.Cache.ResidentBytes);
        Assert.All(Enumerable.Range(0, count), page => Assert.Equal((ulong)page + 100, _tables.NumberOnDisk(page, 8)));
    }

    [Fact]
    public void A_cache_of_more_than_the_least_keeps_what_it_is_told()
    {
        TableCache cache = new(new MemoryStorage(), 5 << 20);

        Assert.Equal(5UL << 20, cache.CapacityBytes);
        Assert.Equal(1UL << 20, new TableCache(new MemoryStorage(), 17).CapacityBytes);
    }
}
