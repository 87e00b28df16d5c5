namespace BlockGen;

/// <summary>An image is there, but not the snapshot inside it that was asked for.</summary>
public sealed class SnapshotException(string message) : ImageException(message);
