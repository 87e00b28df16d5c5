namespace BlockGen;

/// <summary>The names of what is reserved for a new disk: <c>off</c>, <c>metadata</c>, <c>falloc</c> and <c>full</c>.</summary>
public static class PreallocationMode
{
    /// <summary>The mode of a name; nothing is reserved when it is null.</summary>
    /// <exception cref="OptionException">There is no such mode.</exception>
    public static Preallocation Parse(string? name) => TryParse(name)
        ?? throw new OptionException($"Parameter 'preallocation' does not accept value '{name}'");

    /// <summary>The mode of a name, <see cref="Preallocation.Off"/> for null; null where there is no such mode.</summary>
    public static Preallocation? TryParse(string? name) => name switch
    {
        null or "off" => Preallocation.Off,
        "metadata" => Preallocation.Metadata,
        "falloc" => Preallocation.Falloc,
        "full" => Preallocation.Full,
        _ => null,
    };
}
