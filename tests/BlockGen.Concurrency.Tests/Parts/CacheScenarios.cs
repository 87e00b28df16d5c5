using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BlockGen.Concurrency.Tests.Exploring;
using BlockGen.Concurrency.Tests.Support;

namespace BlockGen.Concurrency.Tests.Parts;

/// <summary>The cache of table pages alone: changed, written back, evicted and extended at the same time.</summary>
internal static class CacheScenarios
{
    private const int PageBytes = TableCache.PageBytes;
    private const int ChangedPages = 2;
    private const int CapacityBytes = 1 << 20;
    private const int SlotBytes = 1024; // of which 8 hold a number: write-back works in sectors
    private const int ShortBytes = 4096;

    public static IEnumerable<Scenario> All =>
    [
        new("cache", () => RunAsync(isExtended: false)),
        new("cache-read-late", ReadLateAsync),
        new("cache-extended", () => RunAsync(isExtended: true)),
        new("cache-every-access", () => RunAsync(isExtended: false)) { AtEveryMemoryAccess = true },
    ];

    private static async Task RunAsync(bool isExtended)
    {
        MemoryStorage memory = new(ChangedPages * PageBytes + 2 * CapacityBytes, "tables");
        YieldingStorage storage = new(memory) { QuietFrom = ChangedPages * PageBytes };
        TableCache cache = new(storage, CapacityBytes);
        using SemaphoreSlim writeBack = new(1, 1);
        Writer[] writers = [new(cache, 0, writeBack, isExtended), new(cache, 1, writeBack, isExtended)];
        await Actors.RunAsync(
            writers[0].WorkAsync,
            writers[1].WorkAsync,
            () => isExtended ? ExtendAsync(cache, memory, writeBack) : Task.CompletedTask).ConfigureAwait(false);

        await WriteBackAsync(cache, writeBack).ConfigureAwait(false);
        Assert.False(cache.IsDirtyOrWriting);
        Assert.InRange(cache.ResidentBytes, 0UL, cache.CapacityBytes);
        foreach (Writer writer in writers)
        {
            writer.ExpectStored(memory);
        }
    }

    /// <summary>A page is changed, written and evicted while somebody else is still reading it.</summary>
    private static async Task ReadLateAsync()
    {
        MemoryStorage memory = new(ChangedPages * PageBytes + 2 * CapacityBytes, "tables");
        TableCache cache = new(new YieldingStorage(memory) { QuietFrom = PageBytes }, CapacityBytes);
        using SemaphoreSlim writeBack = new(1, 1);
        Writer writer = new(cache, 0, writeBack, isExtended: false);
        await Actors.RunAsync(
            async () => await GetAsync(cache, 0, PageBytes).ConfigureAwait(false),
            async () =>
            {
                await writer.CountAsync(0).ConfigureAwait(false);
                await WriteBackAsync(cache, writeBack).ConfigureAwait(false);
                await CrowdAsync(cache).ConfigureAwait(false);
                await Task.Yield();
                await writer.ExpectAsync(0).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private static ValueTask<TablePage> GetAsync(TableCache cache, int page, int length) =>
        cache.GetAsync((ulong)page * PageBytes, length, TableRole.Leaf, CancellationToken.None);

    /// <summary>One at a time, as images do it.</summary>
    private static async Task WriteBackAsync(TableCache cache, SemaphoreSlim writeBack)
    {
        await writeBack.WaitAsync().ConfigureAwait(false);
        try
        {
            using TableWriteBack tables = cache.BeginWriteBack();
            await tables.WriteLeavesAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            writeBack.Release();
        }
    }

    /// <summary>Asks for so much that there is no room for the pages that are changed.</summary>
    private static async Task CrowdAsync(TableCache cache)
    {
        for (int large = 0; large < 2; large++)
        {
            ulong host = ChangedPages * PageBytes + (ulong)large * CapacityBytes;
            await cache.GetAsync(host, CapacityBytes, TableRole.Leaf, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The short page becomes longer, while nothing is on its way to the disk; whoever asks afterwards gets the longer
    /// one.
    /// </summary>
    private static async Task ExtendAsync(TableCache cache, MemoryStorage memory, SemaphoreSlim writeBack)
    {
        byte[] added = new byte[ShortBytes];
        added.AsSpan().Fill(0xee);
        await writeBack.WaitAsync().ConfigureAwait(false);
        try
        {
            await memory.WriteAsync(new HostOffset(ShortBytes), added, CancellationToken.None).ConfigureAwait(false);
            cache.Extend(0, 2 * ShortBytes, added);
        }
        finally
        {
            writeBack.Release();
        }

        TablePage page = await GetAsync(cache, 0, ShortBytes).ConfigureAwait(false);
        Assert.Equal(2 * ShortBytes, page.Length);
        Assert.Equal(0xee, page[2 * ShortBytes - 1]);
    }

    /// <summary>Counts up in a slot of its own, and must find there what it wrote.</summary>
    private sealed class Writer(TableCache cache, int slot, SemaphoreSlim writeBack, bool isExtended)
    {
        private readonly int _offset = slot * SlotBytes;
        private readonly ulong[] _last = new ulong[ChangedPages]; // by page

        public async Task WorkAsync()
        {
            for (int i = 0; i < 4; i++)
            {
                int page = isExtended ? 0 : Choice.Below(ChangedPages);
                switch (Choice.Below(5))
                {
                    case 0:
                        await WriteBackAsync(cache, writeBack).ConfigureAwait(false);
                        break;
                    case 1:
                        await CrowdAsync(cache).ConfigureAwait(false);
                        break;
                    case 2:
                        break;
                    default:
                        await CountAsync(page).ConfigureAwait(false);
                        break;
                }

                await ExpectAsync(page).ConfigureAwait(false);
            }
        }

        public async Task CountAsync(int page)
        {
            await ChangeAsync(page, _last[page] + 1).ConfigureAwait(false);
            _last[page]++;
        }

        public async Task ExpectAsync(int page)
        {
            TablePage found = await GetAsync(cache, page, Length).ConfigureAwait(false);
            Assert.Equal(_last[page], Load(found.Bytes[_offset..]));
        }

        public void ExpectStored(MemoryStorage memory)
        {
            byte[] bytes = memory.ToArray();
            for (int page = 0; page < _last.Length; page++)
            {
                Assert.Equal(_last[page], Load(bytes.AsSpan(page * PageBytes + _offset)));
            }
        }

        private int Length => isExtended ? ShortBytes : PageBytes;

        private async Task ChangeAsync(int page, ulong value)
        {
            bool isChanged = false;
            while (!isChanged)
            {
                TablePage found = await GetAsync(cache, page, Length).ConfigureAwait(false);
                isChanged = cache.TryChange(
                    found,
                    _offset,
                    _offset + sizeof(ulong),
                    (_offset, value),
                    static (page, change) => BitConverter.TryWriteBytes(
                        MemoryMarshal.CreateSpan(ref page[change._offset], sizeof(ulong)),
                        change.value));
            }
        }

        private static ulong Load(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
