internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask CopyAsync(HostOffset from, HostOffset to, CancellationToken cancellation)
    {
        using BounceBuffer other = await pool.RentAsync(512, cancellation);
        Memory<byte> memory;
        using (BounceBuffer bounce = await pool.RentAsync(512, cancellation))
        {
            memory = bounce.Memory;
            await storage.ReadAsync(from, memory, cancellation);
        }

        await storage.WriteAsync(to, memory, cancellation); // expect: BG3005
    }
}
