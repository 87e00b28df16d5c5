using System.Collections;

namespace BlockGen;

/// <summary>A fixed number of elements in a structure on disk; equal when its elements are.</summary>
/// <typeparam name="T">Type of an element.</typeparam>
public readonly struct DiskArray<T>(T[] items) : IReadOnlyList<T>, IEquatable<DiskArray<T>>
{
    private readonly T[]? _items = items;

    /// <inheritdoc/>
    public int Count => _items?.Length ?? 0;

    /// <inheritdoc/>
    public T this[int index] => (_items ?? [])[index];

    /// <inheritdoc/>
    public bool Equals(DiskArray<T> other) => (_items ?? []).AsSpan().SequenceEqual(other._items ?? []);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DiskArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (T item in _items ?? [])
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _items ?? []);

    /// <summary>Whether both hold equal elements.</summary>
    public static bool operator ==(DiskArray<T> left, DiskArray<T> right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(DiskArray<T> left, DiskArray<T> right) => !left.Equals(right);
}
