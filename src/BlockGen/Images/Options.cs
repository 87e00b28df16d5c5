using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BlockGen;

/// <summary>
/// A set of options read from <c>name=value</c> text: what the generator writes for <see
/// cref="CreateOptionsAttribute"/>.
/// </summary>
/// <typeparam name="TSelf">The options.</typeparam>
public interface IOptionSet<TSelf>
{
    /// <summary>The options that exist, in declaration order.</summary>
    static abstract IReadOnlyList<OptionInfo> Options { get; }

    /// <summary>The options with these values; what is not named keeps its default.</summary>
    /// <exception cref="OptionException">A name is unknown, or a value is not of the option's type.</exception>
    static abstract TSelf Parse(IReadOnlyDictionary<string, string> values);
}

/// <summary>One option.</summary>
/// <param name="Name">Its name, as <c>-o</c> takes it.</param>
/// <param name="TypeName">
/// What its value is, in help text: <c>&lt;size&gt;</c>, <c>&lt;bool (on/off)&gt;</c> or <c>&lt;str&gt;</c>.
/// </param>
/// <param name="Help">What it means; empty when its author did not say.</param>
/// <param name="Initial">The value it has when it is not given, as it would be typed; null when it has none.</param>
public sealed record OptionInfo(string Name, string TypeName, string Help, string? Initial = null);

/// <summary>
/// An option that does not exist, or a value it cannot have. The message is for the person who typed it.
/// </summary>
public sealed class OptionException(string message) : Exception(message);

/// <summary>
/// Reads option values by type, in qemu-img's words when they are wrong. Generated code is its caller.
/// </summary>
public readonly struct OptionReader
{
    private readonly IReadOnlyDictionary<string, string> _values;

    /// <summary>
    /// A reader of <paramref name="values"/>, every name of which must be one of <paramref name="options"/>.
    /// </summary>
    /// <exception cref="OptionException">A name is unknown.</exception>
    public OptionReader(IReadOnlyDictionary<string, string> values, IReadOnlyList<OptionInfo> options)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(options);
        foreach (string name in values.Keys)
        {
            if (!options.Any(option => option.Name == name))
            {
                throw new OptionException($"Invalid parameter '{name}'");
            }
        }

        _values = values;
    }

    /// <summary>A switch: <c>on</c> or <c>off</c>.</summary>
    public bool Flag(string name, bool initial) =>
        !_values.TryGetValue(name, out string? text) ? initial : text switch
        {
            "on" => true,
            "off" => false,
            _ => throw new OptionException($"Parameter '{name}' expects 'on' or 'off'"),
        };

    /// <summary>A number of bytes or of anything else, with an optional suffix.</summary>
    public ulong Size(string name, ulong initial) =>
        _values.TryGetValue(name, out string? text) ? ParseSize(name, text, ulong.MaxValue) : initial;

    /// <summary>A size that may be left open.</summary>
    public ulong? Size(string name, ulong? initial) =>
        _values.TryGetValue(name, out string? text) ? ParseSize(name, text, ulong.MaxValue) : initial;

    /// <summary>A size below 4 GiB.</summary>
    public uint Size(string name, uint initial) =>
        _values.TryGetValue(name, out string? text) ? (uint)ParseSize(name, text, uint.MaxValue) : initial;

    /// <summary>Any text.</summary>
    [return: NotNullIfNotNull(nameof(initial))]
    public string? Text(string name, string? initial) => _values.GetValueOrDefault(name) ?? initial;

    /// <summary>A number that is not of bytes, not negative; it may be left open.</summary>
    public long? Number(string name, long? initial) =>
        !_values.TryGetValue(name, out string? text) ? initial
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
        : throw new OptionException($"Parameter '{name}' expects a number");

    /// <summary>A secret that the value names.</summary>
    public Secret? Secret(string name, Secret? initial) =>
        !_values.TryGetValue(name, out string? id) ? initial
        : (_values as OptionValues)?.FindSecret(id) ?? throw new OptionException($"No secret with id '{id}'");

    /// <summary>A switch as it would be typed.</summary>
    public static string Show(bool value) => value ? "on" : "off";

    /// <summary>A size as it would be typed: in bytes.</summary>
    public static string Show(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A size as it would be typed; null when it is left open.</summary>
    public static string? Show(ulong? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number as it would be typed; null when it is left open.</summary>
    public static string? Show(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nothing: a secret is not shown.</summary>
    public static string? Show(Secret? value) => null;

    /// <summary>The text itself.</summary>
    public static string? Show(string? value) => value;

    private static ulong ParseSize(string name, string text, ulong max)
    {
        if (!SizeText.TryParse(text, out ulong size))
        {
            throw new OptionException($"Parameter '{name}' expects a size");
        }

        return size <= max
            ? size
            : throw new OptionException($"Value '{text}' is out of range for parameter '{name}'");
    }
}
