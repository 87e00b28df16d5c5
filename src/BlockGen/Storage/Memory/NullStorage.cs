namespace BlockGen;

/// <summary>Keeps nothing: writes vanish, and reads give zeroes.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="length">Bytes.</param>
/// <param name="name">How messages call it.</param>
/// <param name="isHole">Whether it maps as one hole; else as data, although it reads as zeroes.</param>
public sealed class NullStorage(ulong length, string name = "null", bool isHole = false) : IStorage
{
    private readonly StorageLength _length = new(length);

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public ulong Length => _length.Bytes;

    /// <inheritdoc/>
    public bool IsReadOnly { get; init; }

    /// <inheritdoc/>
    public uint Alignment => 1;

    /// <inheritdoc/>
    public ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        target.Clear();
        return DoneAsync(cancellation);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation) =>
        ChangeAsync("write", cancellation);

    /// <inheritdoc/>
    public ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation) =>
        ChangeAsync("writing zeroes", cancellation);

    /// <inheritdoc/>
    public ValueTask DiscardAsync(HostRange range, CancellationToken cancellation) =>
        ChangeAsync("discard", cancellation);

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellation) => DoneAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask SetLengthAsync(ulong length, CancellationToken cancellation)
    {
        if (IsReadOnly)
        {
            return ValueTask.FromException(StorageErrors.ReadOnly(Name, "setting the length"));
        }

        _length.Set(length);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation) =>
        ValueTask.FromResult(new StorageExtent(range.Length, isHole));

    /// <inheritdoc/>
    public ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) => ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private ValueTask ChangeAsync(string operation, CancellationToken cancellation) => IsReadOnly
        ? ValueTask.FromException(StorageErrors.ReadOnly(Name, operation))
        : DoneAsync(cancellation);

    private static ValueTask DoneAsync(CancellationToken cancellation) =>
        cancellation.IsCancellationRequested ? ValueTask.FromCanceled(cancellation) : default;
}
