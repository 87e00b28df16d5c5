[Flags]
public enum Features : ulong
{
    None = 0,
    Dirty = 1 << 0,
    ExternalData = 1 << 2, // expect: BG1052
}

[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct Head
{
    [Magic("HEAD")] public uint Magic { get; init; }
    public uint Count { get; init; }
    [FeatureBits(UnknownBits.RefuseToOpen)] public Features Features { get; init; }

    public bool IsDirty => Features.HasFlag(Features.Dirty);
}

[ImageFormat("sample", Header = typeof(Head))]
[IdentityLookup]
public sealed partial class SampleImage
{
    [GuestSize] private ulong GuestSize => Storage.Length;
}
