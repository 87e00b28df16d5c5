internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(target.Length, cancellation); // expect: BG3007
        await storage.ReadAsync(at, bounce.Memory, cancellation);
        target.Fill(bounce.Memory.Span);
        bounce.Dispose();
    }
}
