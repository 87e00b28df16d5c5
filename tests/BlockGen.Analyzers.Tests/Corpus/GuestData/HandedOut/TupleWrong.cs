internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask<(int Length, ReadOnlyMemory<byte> Bytes)> ReadAsync(
        HostOffset at, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        await storage.ReadAsync(at, bounce.Memory, cancellation);
        return (512, bounce.Memory[..512]); // expect: BG3008
    }
}
