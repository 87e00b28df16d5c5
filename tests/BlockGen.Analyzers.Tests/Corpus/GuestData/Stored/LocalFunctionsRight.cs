// detour: local functions
// The local function is given the bounce buffer, not the guest's memory.
internal sealed class Keeper(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(target.Length, cancellation);
        await storage.ReadAsync(at, bounce.Memory, cancellation);
        target.Fill(bounce.Memory.Span);
        await KeepAsync(bounce.Memory);

        ValueTask KeepAsync(ReadOnlyMemory<byte> bytes) => storage.WriteAsync(at, bytes, cancellation);
    }
}
