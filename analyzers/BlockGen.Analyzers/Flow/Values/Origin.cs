using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Where something entered the program; the same symbol or piece of syntax is the same origin.</summary>
/// <param name="key">The symbol or syntax.</param>
/// <param name="location">Its place.</param>
/// <param name="text">How messages call it.</param>
internal sealed class Origin(object key, Location location, string text) : IEquatable<Origin>
{
    public object Key { get; } = key;

    public Location Location { get; } = location;

    public string Text { get; } = text;

    public bool Equals(Origin? other) => other is not null && Key.Equals(other.Key);

    public override bool Equals(object? obj) => Equals(obj as Origin);

    public override int GetHashCode() => Key.GetHashCode();
}
