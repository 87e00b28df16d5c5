namespace BlockGen.Testing;

/// <summary>The disk's bytes as they are: what the kit puts behind the images it tests.</summary>
[ImageFormat("raw")]
[IdentityLookup]
internal sealed partial class PlainDisk
{
    [GuestSize] private ulong GuestSize => Storage.Length;

    [Create] private static ulong FileSize(PlainOptions options) => options.Size;
}

/// <summary>What a new raw file is like.</summary>
[CreateOptions]
internal sealed partial record PlainOptions
{
    /// <summary>Bytes of the disk.</summary>
    [Option("size")] public ulong Size { get; init; }
}
