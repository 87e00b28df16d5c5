using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>Which step of the write order carries a table to the disk.</summary>
public enum TableRole : byte
{
    /// <summary>Its entries point at tables.</summary>
    Root,

    /// <summary>Its entries point at clusters.</summary>
    Leaf,
}

/// <summary>A piece of a table in memory, in the byte order of the disk.</summary>
/// <remarks>
/// Entries are read without a lock: each is stored and loaded whole. They are changed, and the page is evicted, under the
/// cache's lock. A reader that holds a page which is evicted meanwhile sees the entries as they were: it is as if its
/// request had come a moment earlier.
/// </remarks>
internal sealed class TablePage(ulong host, byte[] bytes, TableRole role)
{
    private readonly byte[] _bytes = bytes;
    private bool _recentlyUsed = true;

    /// <summary>Where the page is in the storage.</summary>
    public ulong Host { get; } = host;

    /// <summary>Its part in the write order.</summary>
    public TableRole Role { get; } = role;

    /// <summary>Bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>First byte that the disk does not have; guarded by the cache's lock.</summary>
    public int DirtyStart { get; private set; } = int.MaxValue;

    /// <summary>Byte after the last one that the disk does not have; guarded by the cache's lock.</summary>
    public int DirtyEnd { get; private set; }

    /// <summary>Whether the disk lacks a change; guarded by the cache's lock.</summary>
    public bool IsDirty => DirtyEnd != 0;

    /// <summary>Whether a change is on its way to the disk; guarded by the cache's lock.</summary>
    public bool IsWriting { get; set; }

    /// <summary>Whether the cache holds it; guarded by the cache's lock.</summary>
    public bool IsResident { get; set; } = true;

    /// <summary>The byte at an offset, for loading and storing entries.</summary>
    public ref byte this[int offset] =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), offset);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A clean page of these bytes and some more.</summary>
    public TablePage ExtendedBy(ReadOnlySpan<byte> added) => new(Host, [.. _bytes, .. added], Role);

    /// <summary>Says that it was used; written only when that is news, so that readers share the cache line.</summary>
    public void Touch()
    {
        if (!_recentlyUsed)
        {
            _recentlyUsed = true;
        }
    }

    /// <summary>Whether it was used since the last call.</summary>
    public bool TakeRecentlyUsed()
    {
        bool used = _recentlyUsed;
        _recentlyUsed = false;
        return used;
    }

    /// <summary>Marks bytes that the disk does not have.</summary>
    public void MarkDirty(int start, int end)
    {
        DirtyStart = Math.Min(DirtyStart, start);
        DirtyEnd = Math.Max(DirtyEnd, end);
    }

    /// <summary>Forgets what was marked.</summary>
    public void MarkClean()
    {
        DirtyStart = int.MaxValue;
        DirtyEnd = 0;
    }
}
