namespace BlockGen.Monitor;

/// <summary>A type of the protocol: arguments are checked by it, and clients can ask for it.</summary>
/// <param name="Name">What the schema calls it.</param>
internal abstract record QmpType(string Name);

/// <summary>A type that everybody knows.</summary>
/// <param name="Name">Its name in the schema.</param>
/// <param name="JsonName">The kind of JSON value: <c>string</c>, <c>int</c>, <c>boolean</c>, <c>null</c>, <c>value</c>.</param>
/// <param name="Expected">What a message says that was expected.</param>
internal sealed record QmpBuiltin(string Name, string JsonName, string Expected) : QmpType(Name);

/// <summary>One of several words.</summary>
internal sealed record QmpEnum(string Name, params IReadOnlyList<string> Values) : QmpType(Name);

/// <summary>Any number of one type.</summary>
internal sealed record QmpArray(QmpType Element) : QmpType($"[{Element.Name}]");

/// <summary>A value of one of several types, told apart by the kind of JSON value.</summary>
internal sealed record QmpAlternate(string Name, Func<IReadOnlyList<QmpType>> Choices) : QmpType(Name);

/// <summary>Named members; with a tag, more of them depending on its value.</summary>
internal sealed record QmpObject(string Name, params IReadOnlyList<QmpMember> Members) : QmpType(Name)
{
    public static QmpObject Empty { get; } = new("Empty");

    /// <summary>The member that decides which variant's members there are; null when there are no variants.</summary>
    public string? Tag { get; init; }

    /// <summary>The variants by the tag's value. Asked for late: types may contain themselves.</summary>
    public Func<IReadOnlyDictionary<string, QmpObject>> Variants { get; init; } =
        static () => new Dictionary<string, QmpObject>();
}

/// <summary>A member of an object.</summary>
internal sealed record QmpMember(string Name, QmpType Type, bool IsOptional = false)
{
    public static QmpMember Optional(string name, QmpType type) => new(name, type, IsOptional: true);
}

/// <summary>The types that everybody knows.</summary>
internal static class Qmp
{
    public static QmpBuiltin Text { get; } = new("str", "string", "string");

    public static QmpBuiltin Integer { get; } = new("int", "int", "integer");

    public static QmpBuiltin Flag { get; } = new("bool", "boolean", "boolean");

    public static QmpBuiltin Null { get; } = new("null", "null", "null");

    public static QmpBuiltin Any { get; } = new("any", "value", "value");
}
