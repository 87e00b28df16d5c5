using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace BlockGen;

/// <summary>Bytes that nobody is to see: a password or a key. Its text does not show them.</summary>
public sealed class Secret(ReadOnlyMemory<byte> bytes)
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <inheritdoc/>
    public override string ToString() => "(secret)";
}

/// <summary>Values of options by name, and the secrets that some of the values name.</summary>
/// <param name="values">The values as text.</param>
/// <param name="findSecret">The secret of a name; null where there is none.</param>
/// <remarks>As safe for several threads as what it was made from.</remarks>
public sealed class OptionValues(IReadOnlyDictionary<string, string> values, Func<string, Secret?> findSecret)
    : IReadOnlyDictionary<string, string>
{
    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => values.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => values.Values;

    /// <inheritdoc/>
    public string this[string key] => values[key];

    /// <summary>The secret of a name; null where there is none.</summary>
    public Secret? FindSecret(string id) => findSecret(id);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
