// detour: arrays
// An array of buffers to be filled, all of them.
internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        GuestReadBuffer[] halves = [target.Slice(0, 512), target.Slice(512)];
        foreach (GuestReadBuffer half in halves)
        {
            await storage.ReadAsync(at, half, cancellation);
            at += 512;
        }
    }
}
