internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(source.Length, cancellation);
        source.CopyTo(bounce, 0);
        if (bounce.Memory.Span[0] == 0)
        {
            return;
        }

        await storage.WriteAsync(at, source, cancellation); // expect: BG3002
    }
}
