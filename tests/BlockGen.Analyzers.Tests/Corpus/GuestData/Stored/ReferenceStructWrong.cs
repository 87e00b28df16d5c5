using Microsoft.Win32.SafeHandles;

internal ref struct Window
{
    public ReadOnlySpan<byte> Bytes;
    public long Place;

    public readonly void Save(SafeFileHandle file) => RandomAccess.Write(file, Bytes, Place); // expect: BG3001
}

internal sealed class Keeper(SafeFileHandle file)
{
    [ReviewedGuestAccess("seen through a window")]
    public void Keep(GuestReadBuffer target)
    {
        Window window = new() { Bytes = target.DangerousGetMemory().Span, Place = 512 };
        window.Save(file);
    }
}
