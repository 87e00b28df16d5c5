namespace BlockGen.Drivers.Raw;

/// <summary>The disk's bytes as they are, or a window of a larger file.</summary>
[ImageFormat("raw", OpenOptions = typeof(RawWindow))]
[IdentityLookup]
public sealed partial class RawImage
{
    [HostStart] private HostOffset Start => new(DriverOptions.Offset);

    [GuestSize] private ulong GuestSize => DriverOptions.Size ?? Storage.Length - Math.Min(DriverOptions.Offset, Storage.Length);

    [Resize] private ulong FileSizeFor(ulong bytes) => DriverOptions.Size is null
        ? checked(DriverOptions.Offset + bytes)
        : throw new ImageException("Cannot resize fixed-size raw disks");

    // Guests address sectors.
    [Create] private static ulong FileSize(RawCreateOptions options) => (options.Size + 511) & ~511UL;
}

/// <summary>Which part of the file is the disk.</summary>
[CreateOptions]
public sealed partial record RawWindow
{
    /// <summary>Where it starts, in bytes.</summary>
    [Option("offset", Help = "Start of the disk in the file")] public ulong Offset { get; init; }

    /// <summary>Its bytes; all that follow when null.</summary>
    [Option("size", Help = "Size of the disk")] public ulong? Size { get; init; }
}

/// <summary>What a new raw file is like.</summary>
[CreateOptions]
public sealed partial record RawCreateOptions
{
    /// <summary>Bytes of the disk.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }

    /// <summary>Whether its space is reserved: <c>off</c>, <c>falloc</c> or <c>full</c>.</summary>
    [Option("preallocation", Help = "Preallocation mode (allowed values: off, falloc, full)")]
    public string? Preallocation { get; init; }

    [Preallocate] internal Preallocation Reserved => PreallocationMode.TryParse(Preallocation)
        ?? throw new OptionException($"invalid parameter value: {Preallocation}");
}
