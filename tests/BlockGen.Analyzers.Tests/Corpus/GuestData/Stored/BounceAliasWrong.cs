internal sealed class Keeper(IStorage storage, BouncePool pool)
{
    [ReviewedGuestAccess("through another name")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(target.Length, cancellation);
        Memory<byte> memory = bounce.Memory;
        target.DangerousGetMemory().CopyTo(memory);
        await storage.WriteAsync(at, bounce.Memory, cancellation); // expect: BG3001
    }
}
