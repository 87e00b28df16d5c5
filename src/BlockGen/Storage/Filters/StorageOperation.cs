namespace BlockGen;

/// <summary>What is asked of a storage.</summary>
public enum StorageOperation
{
    /// <summary>Bytes are read.</summary>
    Read,

    /// <summary>Bytes are stored.</summary>
    Write,

    /// <summary>A range is made to read as zeroes.</summary>
    WriteZeroes,

    /// <summary>A range's space is given back.</summary>
    Discard,

    /// <summary>What was stored becomes durable.</summary>
    Flush,

    /// <summary>The storage is cut or grown.</summary>
    SetLength,

    /// <summary>Holes are looked for.</summary>
    Map,

    /// <summary>Bytes are copied to another storage without passing through this process.</summary>
    Copy,
}

/// <summary>One request to a storage.</summary>
/// <param name="Operation">What is asked.</param>
/// <param name="Range">
/// The bytes; of a <see cref="StorageOperation.SetLength"/> the new length as start; of a flush empty.
/// </param>
/// <param name="Ordinal">How many requests of any kind came before it.</param>
public readonly record struct StorageRequest(StorageOperation Operation, HostRange Range, ulong Ordinal)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Operation} {Range} (request {Ordinal})";
}
