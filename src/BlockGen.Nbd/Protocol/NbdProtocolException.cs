namespace BlockGen.Nbd;

/// <summary>The other side of a connection broke the protocol, or refused what it was asked.</summary>
/// <param name="problem">What it did.</param>
public sealed class NbdProtocolException(string problem) : IOException(problem);
