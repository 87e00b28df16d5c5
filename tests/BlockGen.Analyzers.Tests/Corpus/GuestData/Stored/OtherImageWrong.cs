internal sealed class Keeper(Image overlay)
{
    [ReviewedGuestAccess("kept in the overlay")]
    public async ValueTask KeepAsync(GuestOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await overlay.WriteAsync(at, target.DangerousGetMemory(), cancellation); // expect: BG3001
    }
}
