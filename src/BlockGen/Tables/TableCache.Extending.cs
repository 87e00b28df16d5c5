namespace BlockGen;

public sealed partial class TableCache
{
    private readonly Dictionary<ulong, int> _extended = []; // bytes of pages that became longer; guarded by _lock

    /// <summary>
    /// Makes the short page at a table's end longer. The disk has the new bytes already, and no write-back is under
    /// way.
    /// </summary>
    internal void Extend(ulong host, int length, ReadOnlySpan<byte> added)
    {
        lock (_lock)
        {
            if (_pages.TryGetValue(host, out TablePage? page))
            {
                Replace(page, page.ExtendedBy(added));
            }

            // Whoever is reading the page now reads it again, as long as it has become.
            _evictions[Stripe(host)]++;
            _extended[host] = length;
        }
    }

    private void Replace(TablePage page, TablePage longer)
    {
        page.IsResident = false;
        _pages[page.Host] = longer;
        _clock.Enqueue(longer);
        _residentBytes += (ulong)(longer.Length - page.Length);
        Volatile.Write(ref _front[Slot(page.Host)], longer);
        if (_dirty.Remove(page))
        {
            longer.MarkDirty(page.DirtyStart, page.DirtyEnd);
            _dirty.Add(longer);
        }
    }
}
