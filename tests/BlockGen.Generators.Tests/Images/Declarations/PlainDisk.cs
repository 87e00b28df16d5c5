namespace BlockGen.Generators.Tests.Images;

/// <summary>The storage as it is.</summary>
[ImageFormat("plain")]
[IdentityLookup]
public sealed partial class PlainDisk
{
    [GuestSize] private ulong Bytes => Storage.Length;

    [Resize] private ulong FileBytes(ulong bytes) => bytes;
}
