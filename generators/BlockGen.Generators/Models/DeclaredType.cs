namespace BlockGen.Generators;

/// <summary>A type that generated code extends.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Outer">Declarations of the types around it, outermost first: <c>partial class Outer</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Keywords"><c>record struct</c>, <c>record</c>, <c>class</c> or <c>static class</c>.</param>
/// <param name="Shadowed">Names of the generator's vocabulary that mean something else where the type stands.</param>
internal sealed record DeclaredType(
    string Namespace,
    EquatableArray<string> Outer,
    string Name,
    string Keywords,
    EquatableArray<string> Shadowed);
