// QEMU's copy-on-read goes through a bounce buffer because a guest may scribble over its read buffer; this is what it
// would be without.
internal sealed class Keeper(Image backing, Image overlay)
{
    [ReviewedGuestAccess("kept in the overlay")]
    public async ValueTask ReadAsync(GuestOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await backing.ReadAsync(at, target, cancellation);
        GuestWriteBuffer read = target.DangerousGetMemory();
        await overlay.WriteAsync(at, read, cancellation); // expect: BG3001
    }
}
