namespace BlockGen.Testing;

/// <summary>A driver does not conform: the format, what was found, and the declaration to look at.</summary>
/// <param name="message">All of that.</param>
/// <param name="inner">What was found.</param>
public sealed class ConformanceException(string message, Exception inner) : Exception(message, inner);
