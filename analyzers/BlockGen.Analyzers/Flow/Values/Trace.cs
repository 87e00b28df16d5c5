using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>The places that a value went through, the latest first.</summary>
internal sealed class Trace(Trace? before, Location location) : IEquatable<Trace>
{
    private const int MaxPlaceCount = 16;

    private readonly Trace? _before = before;
    private readonly int _placeCount = (before?._placeCount ?? 0) + 1;

    public Location Location { get; } = location;

    /// <summary>The trace with one more place; a place is not repeated, and a very long trace stops growing.</summary>
    public Trace Through(Location location) =>
        location.SourceSpan == Location.SourceSpan || _placeCount >= MaxPlaceCount ? this : new Trace(this, location);

    /// <summary>The places in the order in which they were passed.</summary>
    public IEnumerable<Location> Places()
    {
        IEnumerable<Location> earlier = _before?.Places() ?? [];
        return earlier.Append(Location);
    }

    public bool Equals(Trace? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _placeCount == other._placeCount
            && Location.Equals(other.Location)
            && Equals(_before, other._before));

    public override bool Equals(object? obj) => Equals(obj as Trace);

    public override int GetHashCode() => Location.GetHashCode();
}
