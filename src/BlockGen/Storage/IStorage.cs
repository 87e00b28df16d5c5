namespace BlockGen;

/// <summary>The bytes underneath an image: a file, memory, a slice of another storage.</summary>
/// <remarks>
/// Thread-safe: reads and writes may run in parallel. Errors are <see cref="IOException"/>; a cancelled call throws
/// <see cref="OperationCanceledException"/>; it may have stored some of its bytes, and touches neither buffer nor storage
/// after that. Offsets and lengths need no alignment;
/// requests that are multiples of <see cref="Alignment"/> are the fast ones.
/// </remarks>
public interface IStorage : IAsyncDisposable
{
    /// <summary>How messages call it: the path of a file.</summary>
    string Name { get; }

    /// <summary>Bytes it holds now.</summary>
    ulong Length { get; }

    /// <summary>Whether every change is refused.</summary>
    bool IsReadOnly { get; }

    /// <summary>
    /// Bytes that requests and memory are best multiples of: 1 for cached files, 512 or more for direct ones.
    /// </summary>
    uint Alignment { get; }

    /// <summary>Fills the whole buffer; bytes past the end are zeroes.</summary>
    ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation);

    /// <summary>
    /// Stores the whole buffer; grows the storage when it ends further on. Durable after <see cref="FlushAsync"/>.
    /// </summary>
    ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation);

    /// <summary>
    /// Makes the range read as zeroes, without transferring them where possible; grows the storage when needed.
    /// </summary>
    ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation);

    /// <summary>
    /// Gives the range's space back; it reads as zeroes afterwards or, where that cannot be, as before.
    /// </summary>
    ValueTask DiscardAsync(HostRange range, CancellationToken cancellation);

    /// <summary>Returns when every write that completed before the call is durable.</summary>
    ValueTask FlushAsync(CancellationToken cancellation);

    /// <summary>Cuts or grows it; new bytes are zeroes.</summary>
    ValueTask SetLengthAsync(ulong length, CancellationToken cancellation);

    /// <summary>
    /// The first run of data or of hole at the range's start. A hole reads as zeroes. Nothing lies past the end: a
    /// hole.
    /// </summary>
    ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation);

    /// <summary>
    /// Copies to another storage without the bytes passing through this process. Returns how many were copied, from the
    /// start on; 0 when it cannot be done for this pair.
    /// </summary>
    ValueTask<ulong> CopyToAsync(HostRange source, IStorage target, HostOffset at, CancellationToken cancellation);
}

/// <summary>A run of a storage.</summary>
/// <param name="Length">Bytes; never zero for a range that is not empty.</param>
/// <param name="IsHole">Whether it reads as zeroes and occupies nothing.</param>
public readonly record struct StorageExtent(ulong Length, bool IsHole);

/// <summary>What may become of the space of a zeroed range.</summary>
public enum ZeroMode
{
    /// <summary>It may be given back.</summary>
    MayUnmap,

    /// <summary>It stays reserved, so that later writes do not run out of space.</summary>
    KeepAllocated,
}
