using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BlockGen.Tests.Tables;

/// <summary>A cache over tables in memory, each of whose pages begins with its number.</summary>
internal sealed class CachedTables
{
    public const int PageBytes = TableCache.PageBytes;
    public const int CapacityPages = 16; // the least that a cache keeps

    public CachedTables(int pageCount = 64, Func<IStorage, IStorage>? wrap = null)
    {
        Memory = new MemoryStorage((ulong)pageCount * PageBytes, "tables");
        Requests = new CountingStorage(wrap?.Invoke(Memory) ?? Memory);
        Cache = new TableCache(Requests, capacityBytes: 0);
        for (int page = 0; page < pageCount; page++)
        {
            Memory.Store((ulong)page * PageBytes, BitConverter.GetBytes((ulong)page));
        }
    }

    public MemoryStorage Memory { get; }

    /// <summary>What the cache asks the storage for.</summary>
    public CountingStorage Requests { get; }

    public long Reads => Requests.Requests(StorageOperation.Read);

    public TableCache Cache { get; }

    public Task<TablePage> GetAsync(int page, int length = PageBytes, TableRole role = TableRole.Leaf) =>
        Cache.GetAsync((ulong)page * PageBytes, length, role, CancellationToken.None).AsTask();

    /// <summary>Makes pages resident, one after the other.</summary>
    public async Task LoadAsync(IEnumerable<int> pages)
    {
        foreach (int page in pages)
        {
            await GetAsync(page);
        }
    }

    public bool IsResident(int page)
    {
        bool isResident = Cache.TryGet((ulong)page * PageBytes, out TablePage found);
        Assert.True(!isResident || found.Host == (ulong)page * PageBytes);
        return isResident;
    }

    public bool TryChange(TablePage page, int offset, ulong value) =>
        Cache.TryChange(page, offset, offset + sizeof(ulong), (offset, value), static (changed, change) =>
            BitConverter.TryWriteBytes(
                MemoryMarshal.CreateSpan(ref changed[change.offset], sizeof(ulong)), change.value));

    public async Task ChangeAsync(int page, int offset, ulong value, TableRole role = TableRole.Leaf) =>
        Assert.True(TryChange(await GetAsync(page, role: role), offset, value));

    public async Task WriteBackAsync()
    {
        using TableWriteBack changes = Cache.BeginWriteBack();
        await changes.WriteLeavesAsync(CancellationToken.None);
        await changes.WriteRootsAsync(CancellationToken.None);
    }

    public static ulong NumberIn(TablePage page, int offset = 0) =>
        BinaryPrimitives.ReadUInt64LittleEndian(page.Bytes[offset..]);

    public ulong NumberOnDisk(int page, int offset = 0) =>
        BinaryPrimitives.ReadUInt64LittleEndian(Memory.ToArray().AsSpan(page * PageBytes + offset));
}
