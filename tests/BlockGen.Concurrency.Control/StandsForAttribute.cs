namespace BlockGen.Concurrency.Control;

/// <summary>
/// A class whose methods are called instead of a type's methods of the same name. What an instance method was called on
/// is the first argument.
/// </summary>
/// <param name="type">The type.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StandsForAttribute(Type type) : Attribute
{
    /// <summary>The type.</summary>
    public Type Type { get; } = type;
}
