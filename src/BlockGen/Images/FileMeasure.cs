namespace BlockGen;

/// <summary>How large the file of a new image becomes.</summary>
/// <param name="FullBytes">Bytes when every cluster has data: tables, counts and the disk.</param>
public readonly record struct FileMeasure(ulong FullBytes)
{
    /// <summary>
    /// Bytes of a cluster, which takes no space in the file while it has no data; 0 where the file is always as large as
    /// with data everywhere.
    /// </summary>
    public uint ClusterBytes { get; init; }
}
