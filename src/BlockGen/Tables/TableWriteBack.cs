namespace BlockGen;

/// <summary>
/// Table changes on their way to the disk: a picture of every page that was dirty when it was taken. The driver's write
/// order says when leaves and roots go; what has not gone when it is disposed is dirty again.
/// </summary>
public sealed class TableWriteBack : IDisposable
{
    private readonly TableCache _cache;
    private readonly IStorage _storage;
    private readonly List<PageChanges> _leaves;
    private readonly List<PageChanges> _roots;

    internal TableWriteBack(TableCache cache, IStorage storage, List<PageChanges> leaves, List<PageChanges> roots)
    {
        _cache = cache;
        _storage = storage;
        _leaves = leaves;
        _roots = roots;
    }

    /// <summary>Whether a leaf table changed.</summary>
    public bool HasLeaves => _leaves.Count > 0;

    /// <summary>Whether a root table changed.</summary>
    public bool HasRoots => _roots.Count > 0;

    /// <summary>Writes the changed entries of leaf tables.</summary>
    public ValueTask WriteLeavesAsync(CancellationToken cancellation) => WriteAsync(_leaves, cancellation);

    /// <summary>Writes the changed entries of root tables.</summary>
    public ValueTask WriteRootsAsync(CancellationToken cancellation) => WriteAsync(_roots, cancellation);

    /// <summary>Ends it.</summary>
    public void Dispose() => _cache.EndWriteBack(_leaves.Concat(_roots));

    private async ValueTask WriteAsync(List<PageChanges> pages, CancellationToken cancellation)
    {
        pages.Sort(static (left, right) => left.Host.CompareTo(right.Host));
        foreach (PageChanges page in pages)
        {
            await _storage.WriteAsync(new HostOffset(page.Host), page.Bytes, cancellation).ConfigureAwait(false);
            page.IsWritten = true;
        }
    }
}

/// <summary>The changed bytes of one page.</summary>
internal sealed class PageChanges
{
    private const int Sector = 512;

    /// <summary>The page.</summary>
    public required TablePage Page { get; init; }

    /// <summary>First changed byte in the page.</summary>
    public required int Start { get; init; }

    /// <summary>The bytes as they were when they were taken.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Where they go.</summary>
    public ulong Host => Page.Host + (ulong)Start;

    /// <summary>Whether they are there.</summary>
    public bool IsWritten { get; set; }

    /// <summary>Takes a page's changes, in whole sectors where the page is made of them.</summary>
    public static PageChanges Take(TablePage page, uint alignment)
    {
        int unit = Math.Max(Sector, (int)alignment);
        if (page.Host % (ulong)unit != 0)
        {
            unit = 1;
        }

        int start = page.DirtyStart / unit * unit;
        int end = Math.Min(page.Length, (page.DirtyEnd + unit - 1) / unit * unit);
        return new PageChanges { Page = page, Start = start, Bytes = page.Bytes[start..end].ToArray() };
    }
}
