namespace BlockGen.Testing.Tests.Mistakes;

/// <summary>A mistake that somebody could make in one of the tiny drivers.</summary>
/// <param name="Driver">The driver: <c>TinyTable</c> or <c>TinyTree</c>.</param>
/// <param name="Right">Text that the driver has once: in its declaration, or in what was generated for it.</param>
/// <param name="Wrong">What stands there instead.</param>
/// <param name="FoundBy">The test of the suite that must fail.</param>
/// <param name="LookAt">What its failure must name.</param>
internal sealed record Mistake(string Driver, string Right, string Wrong, string FoundBy, string LookAt);
