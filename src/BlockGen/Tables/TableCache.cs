using System.Runtime.CompilerServices;

namespace BlockGen;

/// <summary>
/// The pages of an image's tables that are in memory, bounded in bytes. Finding a resident page takes no lock; changed
/// pages stay until a <see cref="TableWriteBack"/> has carried them to the disk.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed partial class TableCache
{
    /// <summary>Bytes in a page; the last page of a table may be shorter.</summary>
    public const int PageBytes = 64 << 10;

    private const int FrontBits = 10;
    private const int EvictionStripes = 256;

    private readonly object _lock = new();
    private readonly IStorage _storage;
    private readonly TablePage?[] _front = new TablePage?[1 << FrontBits]; // hints; read without a lock
    private readonly Dictionary<ulong, TablePage> _pages = []; // guarded by _lock
    private readonly Queue<TablePage> _clock = new(); // every resident page once, and replaced ones; guarded by _lock
    private readonly HashSet<TablePage> _dirty = []; // guarded by _lock
    private readonly uint[] _evictions = new uint[EvictionStripes]; // by page; guarded by _lock
    private ulong _residentBytes; // guarded by _lock
    private int _writeBacks; // that have taken changes and not ended; guarded by _lock

    /// <summary>A cache over a storage.</summary>
    /// <param name="storage">Where the tables are.</param>
    /// <param name="capacityBytes">Most bytes of clean pages kept; at least 1 MiB.</param>
    public TableCache(IStorage storage, ulong capacityBytes)
    {
        _storage = storage;
        CapacityBytes = Math.Max(capacityBytes, 1 << 20);
    }

    /// <summary>Most bytes kept.</summary>
    public ulong CapacityBytes { get; }

    /// <summary>Bytes in memory now.</summary>
    public ulong ResidentBytes
    {
        get
        {
            lock (_lock)
            {
                return _residentBytes;
            }
        }
    }

    /// <summary>Whether the disk lacks an entry.</summary>
    public bool IsDirty
    {
        get
        {
            lock (_lock)
            {
                return _dirty.Count > 0;
            }
        }
    }

    /// <summary>Whether the disk lacks an entry, or a write-back is under way that may still fail.</summary>
    internal bool IsDirtyOrWriting
    {
        get
        {
            lock (_lock)
            {
                return _dirty.Count > 0 || _writeBacks > 0;
            }
        }
    }

    /// <summary>
    /// Whether so many pages wait to be written that they should be, before the cache cannot shrink any more.
    /// </summary>
    public bool ShouldWriteBack
    {
        get
        {
            lock (_lock)
            {
                return (ulong)_dirty.Count * PageBytes > CapacityBytes / 4;
            }
        }
    }

    /// <summary>Finds a resident page.</summary>
    internal bool TryGet(ulong host, out TablePage page)
    {
        TablePage? hint = Volatile.Read(ref _front[Slot(host)]);
        if (hint is not null && hint.Host == host)
        {
            hint.Touch();
            page = hint;
            return true;
        }

        return TryGetSlow(host, out page);
    }

    /// <summary>Finds a page, reading it from the storage when it is not resident.</summary>
    internal async ValueTask<TablePage> GetAsync(ulong host, int length, TableRole role, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryGet(host, out TablePage page))
            {
                return page;
            }

            uint evictions;
            lock (_lock)
            {
                evictions = _evictions[Stripe(host)];
                length = Math.Max(length, _extended.GetValueOrDefault(host));
            }

            byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
            await _storage.ReadAsync(new HostOffset(host), bytes, cancellation).ConfigureAwait(false);
            lock (_lock)
            {
                if (_pages.TryGetValue(host, out TablePage? loadedByOther))
                {
                    return loadedByOther;
                }

                // Another request may have loaded, changed, written and evicted the page since our read began.
                if (_evictions[Stripe(host)] == evictions)
                {
                    page = new TablePage(host, bytes, role);
                    Insert(page);
                    return page;
                }
            }
        }
    }

    /// <summary>
    /// Changes entries of a page and marks them dirty; false when the page was evicted and must be got again.
    /// </summary>
    internal bool TryChange<TState>(TablePage page, int start, int end, TState state, PageChange<TState> change)
    {
        lock (_lock)
        {
            if (!page.IsResident)
            {
                return false;
            }

            change(page, state);
            page.MarkDirty(start, end);
            _dirty.Add(page);
            return true;
        }
    }

    /// <summary>Takes every change that the disk lacks, as it is now.</summary>
    internal TableWriteBack BeginWriteBack()
    {
        lock (_lock)
        {
            List<PageChanges> leaves = [];
            List<PageChanges> roots = [];
            foreach (TablePage page in _dirty)
            {
                PageChanges changes = PageChanges.Take(page, _storage.Alignment);
                (page.Role is TableRole.Leaf ? leaves : roots).Add(changes);
                page.MarkClean();
                page.IsWriting = true;
            }

            _dirty.Clear();
            _writeBacks++;
            return new TableWriteBack(this, _storage, leaves, roots);
        }
    }

    /// <summary>Ends a write-back: pages that did not reach the disk are dirty again.</summary>
    internal void EndWriteBack(IEnumerable<PageChanges> changes)
    {
        lock (_lock)
        {
            _writeBacks--;
            foreach (PageChanges change in changes)
            {
                change.Page.IsWriting = false;
                if (!change.IsWritten)
                {
                    change.Page.MarkDirty(change.Start, change.Start + change.Bytes.Length);
                    _dirty.Add(change.Page);
                }
            }

            EvictDownTo(CapacityBytes);
        }
    }

    /// <summary>Forgets every page, those being read too; none may be dirty.</summary>
    internal void Clear()
    {
        lock (_lock)
        {
            for (int stripe = 0; stripe < _evictions.Length; stripe++)
            {
                _evictions[stripe]++;
            }

            EvictDownTo(0);
        }
    }

    private static int Slot(ulong host) => (int)((host / 512 * 0x9E3779B97F4A7C15UL) >> (64 - FrontBits));

    private static int Stripe(ulong host) => (int)((host / 512 * 0x9E3779B97F4A7C15UL) >> 56);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGetSlow(ulong host, out TablePage page)
    {
        lock (_lock)
        {
            if (_pages.TryGetValue(host, out TablePage? found))
            {
                found.Touch();
                Volatile.Write(ref _front[Slot(host)], found);
                page = found;
                return true;
            }
        }

        page = null!;
        return false;
    }

    private void Insert(TablePage page)
    {
        _pages.Add(page.Host, page);
        _clock.Enqueue(page);
        _residentBytes += (ulong)page.Length;
        Volatile.Write(ref _front[Slot(page.Host)], page);
        EvictDownTo(CapacityBytes, keep: page);
    }

    private void EvictDownTo(ulong bytes, TablePage? keep = null)
    {
        // Two rounds: the first may only take away the marks of recent use.
        for (int left = _clock.Count * 2; left > 0 && _residentBytes > bytes; left--)
        {
            TablePage page = _clock.Dequeue();
            if (!page.IsResident)
            {
                continue;
            }

            if (page == keep || page.IsDirty || page.IsWriting || page.TakeRecentlyUsed())
            {
                _clock.Enqueue(page);
                continue;
            }

            _pages.Remove(page.Host);
            _residentBytes -= (ulong)page.Length;
            _evictions[Stripe(page.Host)]++;
            page.IsResident = false;
            Interlocked.CompareExchange(ref _front[Slot(page.Host)], null, page);
        }
    }
}

/// <summary>Changes entries of a page, under the cache's lock.</summary>
internal delegate void PageChange<TState>(TablePage page, TState state);
