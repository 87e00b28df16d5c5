[Flags]
public enum Features : ulong
{
    Dirty = 1 << 0,
    BackingFile = 1 << 1,
    ExternalData = 1 << 2,
    Encrypted = 1 << 3,
    Refused = ExternalData | Encrypted,
}

[Flags]
public enum Hints : ulong
{
    Cached = 1 << 0,
}

[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct Head
{
    [Magic("HEAD")] public uint Magic { get; init; }
    public uint Count { get; init; }
    [FeatureBits(UnknownBits.RefuseToOpen)] public Features Features { get; init; }
    [FeatureBits(UnknownBits.Keep)] public Hints Hints { get; init; }
    [PresentIf(nameof(Features), Features.BackingFile)] public uint NameBytes { get; init; }

    public bool IsRefused => (Features & Features.Refused) != 0;

    public bool IsDirty => Features.HasFlag(Features.Dirty);
}

[ImageFormat("sample", Header = typeof(Head))]
[IdentityLookup]
public sealed partial class SampleImage
{
    [GuestSize] private ulong GuestSize => Storage.Length;
}
