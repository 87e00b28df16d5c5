internal sealed class Zeroes(IStorage storage, BouncePool pool)
{
    public async ValueTask<Memory<byte>> ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        await storage.ReadAsync(at, bounce.Memory, cancellation);
        return bounce.Memory; // expect: BG3008
    }
}
