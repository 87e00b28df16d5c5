namespace BlockGen.Generators.Tests.Declarations;

/// <summary>An option of each type.</summary>
[CreateOptions]
public sealed partial record SampleOptions
{
    [Option("cluster_size", Help = "Cluster size, \"64k\" if not given")]
    public uint ClusterSize { get; init; } = 65536;

    [Option("size", Help = "Guest bytes")]
    public ulong Size { get; init; }

    [Option("offset")]
    public ulong? Offset { get; init; }

    [Option("lazy")]
    public bool Lazy { get; set; } = true;

    [Option("backing_file")]
    public string? BackingFile { get; init; }

    [Option("subformat")]
    public string Subformat { get; init; } = "sparse";

    public bool HasBacking => BackingFile is not null;
}
