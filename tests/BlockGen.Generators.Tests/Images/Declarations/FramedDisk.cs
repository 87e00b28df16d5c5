namespace BlockGen.Generators.Tests.Images;

[DiskStruct(ByteOrder.Big, Size = 64)]
public readonly partial record struct FramedHeader
{
    [Magic("FRAMED\0\u00ff")]
    public ulong Magic { get; init; }

    [InRange(Min = 64)]
    public HostOffset DiskOffset { get; init; }

    [MultipleOf(512)]
    public uint DiskBytes { get; init; }
}

/// <summary>A disk behind a header; from where on, the header says unless the one who opens it does.</summary>
[ImageFormat("framed", Header = typeof(FramedHeader), OpenOptions = typeof(FramedOptions))]
[IdentityLookup]
public sealed partial class FramedDisk
{
    [HostStart] private HostOffset Start => DriverOptions.Offset is { } offset ? new(offset) : Header.DiskOffset;

    [GuestSize] private uint Bytes => Header.DiskBytes;
}

[CreateOptions]
public sealed partial record FramedOptions
{
    [Option("offset", Help = "Start of the disk, against what the header says")] public ulong? Offset { get; init; }
}
