namespace BlockGen.Tests.Tables;

public sealed class TableWriteBackTests
{
    [Fact]
    public async Task It_carries_the_entries_as_they_were_when_it_began()
    {
        CachedTables tables = new();
        await tables.ChangeAsync(0, 8, 1);
        using (TableWriteBack changes = tables.Cache.BeginWriteBack())
        {
            await tables.ChangeAsync(0, 8, 2);
            await changes.WriteLeavesAsync(CancellationToken.None);
        }

        Assert.Equal(1UL, tables.NumberOnDisk(0, 8));
        Assert.True(tables.Cache.IsDirty);

        await tables.WriteBackAsync();

        Assert.Equal(2UL, tables.NumberOnDisk(0, 8));
        Assert.False(tables.Cache.IsDirty);
    }

    [Fact]
    public async Task Pages_on_their_way_to_the_disk_are_not_evicted()
    {
        CachedTables tables = new();
        await tables.ChangeAsync(0, 8, 1);
        using (TableWriteBack changes = tables.Cache.BeginWriteBack())
        {
            Assert.False(tables.Cache.IsDirty);
            Assert.True(tables.Cache.IsDirtyOrWriting);
            await tables.LoadAsync(Enumerable.Range(1, 40));
            Assert.True(tables.IsResident(0));
            await changes.WriteLeavesAsync(CancellationToken.None);
        }

        Assert.False(tables.Cache.IsDirtyOrWriting);
        await tables.LoadAsync(Enumerable.Range(1, 40));
        Assert.False(tables.IsResident(0));
    }

    [Fact]
    public async Task What_has_not_gone_is_dirty_again()
    {
        CachedTables tables = new();
        await tables.ChangeAsync(0, 8, 1);
        await tables.ChangeAsync(1, 8, 2, TableRole.Root);
        using (TableWriteBack changes = tables.Cache.BeginWriteBack())
        {
            Assert.True(changes.HasLeaves);
            Assert.True(changes.HasRoots);
            await changes.WriteLeavesAsync(CancellationToken.None);
        }

        Assert.True(tables.Cache.IsDirty);
        Assert.Equal(1UL, tables.NumberOnDisk(0, 8));
        Assert.Equal(0UL, tables.NumberOnDisk(1, 8));
        using TableWriteBack rest = tables.Cache.BeginWriteBack();
        Assert.False(rest.HasLeaves);
        Assert.True(rest.HasRoots);
        await rest.WriteRootsAsync(CancellationToken.None);
        Assert.Equal(2UL, tables.NumberOnDisk(1, 8));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_its_page_dirty()
    {
        bool isBroken = true;
        CachedTables tables = new(wrap: storage => new FaultStorage(
            storage,
            request => isBroken && request.Operation is StorageOperation.Write ? Fault.InputOutput : null));
        await tables.ChangeAsync(0, 8, 1);

        await Assert.ThrowsAsync<IOException>(tables.WriteBackAsync);
        Assert.True(tables.Cache.IsDirty);
        isBroken = false;
        await tables.WriteBackAsync();

        Assert.Equal(1UL, tables.NumberOnDisk(0, 8));
    }

    [Fact]
    public async Task A_read_that_was_overtaken_by_an_eviction_is_repeated()
    {
        TaskCompletionSource goesOn = new();
        int reads = 0;
        CachedTables tables = new(wrap: storage => new LateStorage(
            storage, () => reads++ == 0 ? goesOn.Task : Task.CompletedTask));
        Task<TablePage> late = tables.GetAsync(0);
        await tables.ChangeAsync(0, 8, 1);
        await tables.WriteBackAsync();
        await tables.LoadAsync(Enumerable.Range(1, 40));
        Assert.False(tables.IsResident(0));

        goesOn.SetResult();

        Assert.Equal(1UL, CachedTables.NumberIn(await late, 8));
    }

    [Fact]
    public async Task Of_two_reads_of_a_page_the_first_one_to_end_counts()
    {
        TaskCompletionSource goesOn = new();
        int reads = 0;
        CachedTables tables = new(wrap: storage => new LateStorage(
            storage, () => reads++ == 0 ? goesOn.Task : Task.CompletedTask));
        Task<TablePage> late = tables.GetAsync(0);
        TablePage page = await tables.GetAsync(0);
        Assert.True(tables.TryChange(page, 8, 1));

        goesOn.SetResult();

        Assert.Same(page, await late);
        Assert.Equal((ulong)CachedTables.PageBytes, tables.Cache.ResidentBytes);
    }

    [Fact]
    public async Task Whole_sectors_are_written_and_no_more()
    {
        CachedTables tables = new();
        await tables.ChangeAsync(0, 512, 1);
        await tables.ChangeAsync(0, 1528, 2);
        await tables.WriteBackAsync();

        Assert.Equal(1024, tables.Requests.Bytes(StorageOperation.Write));
        Assert.Equal(1UL, tables.NumberOnDisk(0, 512));
        Assert.Equal(2UL, tables.NumberOnDisk(0, 1528));
    }

    /// <summary>A storage whose reads answer with what was there when they were asked, as late as they are told.</summary>
    private sealed class LateStorage(IStorage inner, Func<Task> whenToAnswer) : StorageFilter(inner)
    {
        public override async ValueTask ReadAsync(
            HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
        {
            Task answer = whenToAnswer();
            await Inner.ReadAsync(offset, target, cancellation);
            await answer;
        }
    }
}
