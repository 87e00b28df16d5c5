namespace BlockGen.Tests.Tables;

public sealed class TableCacheExtendingTests
{
    private const int Short = 4096;
    private const int Long = 3 * Short;
    private readonly CachedTables _tables = new();
    private readonly byte[] _added = new byte[Long - Short];

    public TableCacheExtendingTests()
    {
        _added.AsSpan().Fill(0xee);
        _tables.Memory.Store(Short, _added);
    }

    [Fact]
    public async Task A_resident_page_becomes_longer()
    {
        TablePage before = await _tables.GetAsync(0, Short);

        _tables.Cache.Extend(0, Long, _added);

        TablePage after = await _tables.GetAsync(0, Short);
        Assert.NotSame(before, after);
        Assert.Equal(Long, after.Length);
        Assert.Equal(0xee, after[Long - 1]);
        Assert.Equal((ulong)Long, _tables.Cache.ResidentBytes);
        Assert.Equal(1, _tables.Reads);
        Assert.False(_tables.TryChange(before, 8, 1));
        Assert.True(_tables.TryChange(after, Long - 8, 1));
    }

    [Fact]
    public async Task Its_changes_go_with_it()
    {
        TablePage before = await _tables.GetAsync(0, Short);
        Assert.True(_tables.TryChange(before, 8, 7));

        _tables.Cache.Extend(0, Long, _added);

        Assert.True(_tables.Cache.IsDirty);
        await _tables.WriteBackAsync();
        Assert.Equal(7UL, _tables.NumberOnDisk(0, 8));
        Assert.False(_tables.Cache.IsDirty);
        Assert.Equal(512, _tables.Requests.Bytes(StorageOperation.Write));
    }

    [Fact]
    public async Task A_page_that_comes_later_is_read_as_long_as_it_has_become()
    {
        _tables.Cache.Extend(0, Long, _added);

        Assert.Equal(Long, (await _tables.GetAsync(0, Short)).Length);
        Assert.Equal(Short, (await _tables.GetAsync(1, Short)).Length);
    }

    [Fact]
    public async Task The_longer_page_is_evicted_in_its_turn()
    {
        await _tables.GetAsync(0, Short);
        _tables.Cache.Extend(0, Long, _added);

        await _tables.LoadAsync(Enumerable.Range(1, 40));

        Assert.False(_tables.IsResident(0));
        Assert.Equal(_tables.Cache.CapacityBytes, _tables.Cache.ResidentBytes);
    }
}
