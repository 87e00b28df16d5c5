using System.Diagnostics.CodeAnalysis;

namespace BlockGen;

/// <summary>A window of another storage, of a fixed length: a partition, a member of an archive.</summary>
/// <remarks>Thread-safe as far as the storage under it is. It does not grow: what ends past it is refused.</remarks>
public sealed class StorageSlice : IStorage
{
    private readonly IStorage _whole;
    private readonly bool _ownsWhole;

    /// <summary>The window of <paramref name="whole"/> at <paramref name="range"/>.</summary>
    /// <param name="whole">The storage under it.</param>
    /// <param name="range">Its bytes; those past the storage's end read as zeroes.</param>
    /// <param name="ownsWhole">Whether disposing the slice disposes the storage under it.</param>
    public StorageSlice(IStorage whole, HostRange range, bool ownsWhole = false)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.Length, ulong.MaxValue - range.Start.Value, nameof(range));
        _whole = whole;
        _ownsWhole = ownsWhole;
        Range = range;
    }

    /// <summary>Where the window lies in the storage under it.</summary>
    public HostRange Range { get; }

    /// <inheritdoc/>
    public string Name => $"{_whole.Name}{Range}";

    /// <inheritdoc/>
    public ulong Length => Range.Length;

    /// <inheritdoc/>
    public bool IsReadOnly => _whole.IsReadOnly;

    /// <inheritdoc/>
    public uint Alignment => _whole.Alignment;

    /// <inheritdoc/>
    public ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        int length = (int)Clamp(offset.Value, (ulong)target.Length);
        target.Slice(length).Clear();
        return length == 0
            ? cancellation.IsCancellationRequested ? ValueTask.FromCanceled(cancellation) : default
            : _whole.ReadAsync(Range.Start + offset.Value, target.Slice(0, length), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation) =>
        IsInside(offset.Value, (ulong)source.Length)
            ? _whole.WriteAsync(Range.Start + offset.Value, source, cancellation)
            : ValueTask.FromException(Outside("write", offset.Value, (ulong)source.Length));

    /// <inheritdoc/>
    public ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation) =>
        IsInside(range.Start.Value, range.Length)
            ? _whole.WriteZeroesAsync(new HostRange(Range.Start + range.Start.Value, range.Length), mode, cancellation)
            : ValueTask.FromException(Outside("writing zeroes", range.Start.Value, range.Length));

    /// <inheritdoc/>
    public ValueTask DiscardAsync(HostRange range, CancellationToken cancellation)
    {
        ulong length = Clamp(range.Start.Value, range.Length);
        ulong start = Math.Min(range.Start.Value, Length);
        return _whole.DiscardAsync(new HostRange(Range.Start + start, length), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellation) => _whole.FlushAsync(cancellation);

    /// <summary>Accepts the length it has and refuses every other.</summary>
    public ValueTask SetLengthAsync(ulong length, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellation);
        }

        string problem = $"{Name}: setting the length to {length} bytes: it is fixed at {Length}";
        return length == Length ? default : ValueTask.FromException(new IOException(problem));
    }

    /// <inheritdoc/>
    public async ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ulong length = Clamp(range.Start.Value, range.Length);
        return length == 0
            ? new StorageExtent(range.Length, IsHole: true)
            : await _whole.MapAsync(new HostRange(Range.Start + range.Start.Value, length), cancellation)
                .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation)
    {
        ulong length = Clamp(source.Start.Value, source.Length);
        return length == 0
            ? ValueTask.FromResult(0UL)
            : _whole.CopyToAsync(new HostRange(Range.Start + source.Start.Value, length), target, at, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _ownsWhole ? _whole.DisposeAsync() : default;

    /// <summary>
    /// The file, and the place in it, that a place in a storage comes to when slices are looked through.
    /// </summary>
    internal static bool TryResolve(
        IStorage storage, HostOffset at, ulong length, [NotNullWhen(true)] out FileStorage? file, out ulong start)
    {
        start = at.Value;
        while (storage is StorageSlice slice && slice.IsInside(start, length))
        {
            start += slice.Range.Start.Value;
            storage = slice._whole;
        }

        file = storage as FileStorage;
        return file is not null;
    }

    private ulong Clamp(ulong offset, ulong length) => offset >= Length ? 0 : Math.Min(length, Length - offset);

    private bool IsInside(ulong offset, ulong length) => offset <= Length && length <= Length - offset;

    private IOException Outside(string operation, ulong offset, ulong length) =>
        StorageErrors.NoSpace(
            Name, $"{StorageErrors.Describe(operation, offset, length)} ends past its {Length} bytes");
}
