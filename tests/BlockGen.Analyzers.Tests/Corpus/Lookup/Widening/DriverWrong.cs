[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct Head
{
    [Magic("HEAD")] public uint Magic { get; init; }
    [InRange(Min = 1, Max = 1 << 20)] public uint BlockCount { get; init; }
    [PowerOfTwo(Min = 4096, Max = 1 << 20)] public uint BlockBytes { get; init; }
}

[ImageFormat("blocks", Header = typeof(Head))]
[IdentityLookup]
public sealed partial class BlocksImage
{
    [GuestSize] private ulong GuestSize => Header.BlockCount * Header.BlockBytes; // expect: BG2051
}
