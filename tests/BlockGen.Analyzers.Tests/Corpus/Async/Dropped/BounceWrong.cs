internal sealed class Keeper(IStorage storage, BouncePool pool)
{
    public async ValueTask KeepAsync(HostOffset at, CancellationToken cancellation)
    {
        using BounceBuffer copy = await pool.RentAsync(4096, cancellation);
        Task store = StoreAsync(at, copy, cancellation); // expect: BG4006
    }

    private async Task StoreAsync(HostOffset at, BounceBuffer copy, CancellationToken cancellation) =>
        await storage.WriteAsync(at, copy.Memory, cancellation);
}
