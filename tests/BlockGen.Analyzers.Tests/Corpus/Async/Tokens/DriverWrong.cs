[ImageFormat("plain")]
[IdentityLookup]
public sealed partial class PlainImage
{
    [GuestSize] private ulong GuestSize => Storage.Length;

    internal async Task ShrinkAsync(ulong length) => await Storage.SetLengthAsync(length, default); // expect: BG4003
}
